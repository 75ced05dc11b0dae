package dev.persistence.http.answer;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.Map;

/** What a request is answered with. Immutable; nobody changes the content's array. */
public final class Answer {

    /**
     * When to come again after a 503 that does not lack room on the ring: a body being received gives back its memory, a
     * connection ends, another instance takes what a stopping one refuses, a database that lost a batch may be back.
     */
    public static final Map<AsciiString, String> RETRY_SOON = Map.of(HttpHeaderNames.RETRY_AFTER, "1");

    private final HttpResponseStatus status;
    private final AsciiString contentType;
    private final byte[] content;
    private final Map<AsciiString, String> headers;
    private final String problem;

    /**
     * @param headers further headers, beside those that every answer has
     * @param problem the type of the problem that it is, or null
     */
    Answer(
            HttpResponseStatus status,
            AsciiString contentType,
            byte[] content,
            Map<AsciiString, String> headers,
            String problem) {
        this.status = status;
        this.contentType = contentType;
        this.content = content;
        this.headers = headers;
        this.problem = problem;
    }

    /** A JSON object with these members. */
    public static Answer json(HttpResponseStatus status, Json.Members members) {
        return new Answer(status, HttpHeaderValues.APPLICATION_JSON, Json.object(members), Map.of(), null);
    }

    /** Content that is not JSON. */
    public static Answer content(HttpResponseStatus status, AsciiString contentType, byte[] content) {
        return new Answer(status, contentType, content, Map.of(), null);
    }

    /** The same answer with these further headers, in place of those given before. */
    public Answer with(Map<AsciiString, String> further) {
        return new Answer(status, contentType, content, further, problem);
    }

    public HttpResponseStatus status() {
        return status;
    }

    public AsciiString contentType() {
        return contentType;
    }

    public byte[] content() {
        return content;
    }

    /** The {@code type} of the problem that it is (RFC 9457), or null for an answer that is none. */
    public String problem() {
        return problem;
    }

    /** Further headers, beside those that every answer has. */
    public Map<AsciiString, String> headers() {
        return headers;
    }
}
