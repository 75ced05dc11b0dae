/**
 * What a client is told: an answer, a refusal with its reasons, and how both are written. Knows nothing of requests.
 */
package dev.persistence.http.answer;
