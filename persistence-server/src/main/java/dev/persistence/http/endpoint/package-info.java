/**
 * What is behind each path, one class an endpoint, whose Javadoc lists its answers; {@link
 * dev.persistence.http.endpoint.Routes} names them all. Here requests become records on the ring, on event loops, so
 * nothing waits.
 */
package dev.persistence.http.endpoint;
