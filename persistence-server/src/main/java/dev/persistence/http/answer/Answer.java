package dev.persistence.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.Map;

/** What a request is answered with. Immutable; nobody changes the content's array. */
final class Answer {

    /** When to come again after a 503: the next flush frees room, and it is rarely further away. */
    static final Map<AsciiString, String> RETRY_SOON = Map.of(HttpHeaderNames.RETRY_AFTER, "1");

    private final HttpResponseStatus status;
    private final AsciiString contentType;
    private final byte[] content;
    private final Map<AsciiString, String> headers;

    /** @param headers further headers, beside those that every answer has */
    Answer(HttpResponseStatus status, AsciiString contentType, byte[] content, Map<AsciiString, String> headers) {
        this.status = status;
        this.contentType = contentType;
        this.content = content;
        this.headers = headers;
    }

    static Answer json(HttpResponseStatus status, Json.Members members) {
        return new Answer(status, HttpHeaderValues.APPLICATION_JSON, Json.object(members), Map.of());
    }

    Answer with(Map<AsciiString, String> further) {
        return new Answer(status, contentType, content, further);
    }

    HttpResponseStatus status() {
        return status;
    }

    AsciiString contentType() {
        return contentType;
    }

    byte[] content() {
        return content;
    }

    Map<AsciiString, String> headers() {
        return headers;
    }
}
