/**
 * Connections: bytes to requests, and answers back, on event loops that never wait, not for the ring, the database or a
 * client. {@link dev.persistence.http.HttpPipeline} decodes a request, and {@link dev.persistence.http.RequestHandler} has
 * its head judged by {@link dev.persistence.http.Admission}, gathers its body ({@code http.body}), hands it to the endpoint
 * behind its path ({@code http.endpoint}) and sends what that answers ({@code http.answer}).
 */
package dev.persistence.http;
