package dev.persistence.http.answer;

/**
 * The kinds of problem that a program may want to tell apart beyond their status: members {@code type} and
 * {@code title} of RFC 9457. The types are relative URIs that identify; nothing is served there. A problem that its
 * status describes fully has the type {@code about:blank} and the status's phrase as title.
 */
public enum ProblemType {
    /** 400: the content is not JSON, not UTF-8, or does not match its Content-Encoding. */
    MALFORMED_BODY("/problems/malformed-body", "The body cannot be read"),
    /** 400: a query parameter that the route does not know, or an impossible value. */
    BAD_PARAMETER("/problems/bad-parameter", "A query parameter cannot be used"),
    /** 413: more bytes than {@code max-request-bytes}, as sent or after decompression. */
    BODY_TOO_LARGE("/problems/body-too-large", "The body is too large"),
    /** 413: more records than {@code max-records-per-request}. */
    TOO_MANY_RECORDS("/problems/too-many-records", "The request holds too many records"),
    /** 422: records do not fit their declaration; nothing was taken. */
    INVALID_RECORDS("/problems/invalid-records", "Records do not fit their declaration"),
    /** 422, only with {@code ack=written}: the database refused some records, all others are written. */
    RECORDS_REFUSED("/problems/records-refused", "The database refused records"),
    /** 503: no room on the ring, in the byte budget or for the bodies being received; nothing was taken. */
    BUFFER_FULL("/problems/buffer-full", "The service is full"),
    /** 503: the service is stopping; nothing was taken. */
    DRAINING("/problems/draining", "The service is stopping"),
    /** 503, only with {@code ack=written}: the records were lost with their batch and may be sent again. */
    NOT_WRITTEN("/problems/not-written", "Records were not written"),
    /** 504: the flush goes on, but did not end in time. */
    FLUSH_TIMEOUT("/problems/flush-timeout", "The flush did not end in time");

    private final String uri;
    private final String title;

    ProblemType(String uri, String title) {
        this.uri = uri;
        this.title = title;
    }

    String uri() {
        return uri;
    }

    String title() {
        return title;
    }
}
