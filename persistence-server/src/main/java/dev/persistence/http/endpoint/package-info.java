/**
 * What is behind each path, one class an endpoint, whose Javadoc lists its answers. {@link
 * dev.persistence.http.endpoint.Routes} names them all. Here requests become records on the ring. Everything runs on
 * event loops and never waits.
 */
package dev.persistence.http.endpoint;
