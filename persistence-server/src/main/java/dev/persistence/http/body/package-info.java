/**
 * The body of a request: received within bounds, unpacked, and what its headers say of it. A body that is over a bound,
 * damaged or of another kind is {@link dev.persistence.http.answer.Refused}.
 */
package dev.persistence.http.body;
