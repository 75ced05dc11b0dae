/**
 * Connections: bytes to requests, and answers back. Everything here runs on event loops and never waits: not for the
 * ring, not for the database, not for a client.
 *
 * <p>The way of a request: {@link dev.persistence.http.HttpPipeline} decodes it, {@link
 * dev.persistence.http.RequestHandler} has its head judged by {@link dev.persistence.http.Admission}, gathers its body
 * ({@code http.body}), and hands it to the endpoint ({@code http.endpoint}) that is behind its path. What that answers
 * ({@code http.answer}) is sent. A connection's requests are answered one after another; {@link
 * dev.persistence.http.Exchange} is one of them.
 */
package dev.persistence.http;
