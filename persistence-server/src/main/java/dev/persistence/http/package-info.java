/**
 * Bytes to requests, and answers back. Everything here runs on event loops and never waits: not for the ring, not for
 * the database, not for a client.
 *
 * <p>The way of a request: {@link dev.persistence.http.HttpPipeline} decodes it, {@link
 * dev.persistence.http.RequestHandler} has its head judged by {@link dev.persistence.http.Admission}, collects the body
 * and hands it to the {@link dev.persistence.http.Endpoint} that {@link dev.persistence.http.Router} named, and {@link
 * dev.persistence.http.Exchange} sends the answer. A connection's requests are answered one after another.
 */
package dev.persistence.http;
