package dev.persistence.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.persistence.decode.Fault;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A refusal as {@code application/problem+json} (RFC 9457): {@code type} (see {@link ProblemType}), {@code title},
 * {@code status}, {@code detail}, and where single records are at fault {@code errors} and {@code error_count}.
 */
public final class Problem {

    public static final AsciiString CONTENT_TYPE = AsciiString.cached("application/problem+json");

    private Problem() {}

    /** A problem that its status describes. */
    public static Answer of(HttpResponseStatus status, String detail) {
        return answer(status, "about:blank", status.reasonPhrase(), detail, none -> {});
    }

    /** A problem of a kind that programs tell apart. */
    public static Answer of(HttpResponseStatus status, ProblemType type, String detail) {
        return answer(status, type.uri(), type.title(), detail, none -> {});
    }

    /** A 503: come again soon. */
    public static Answer unavailable(ProblemType type, String detail) {
        return of(HttpResponseStatus.SERVICE_UNAVAILABLE, type, detail).with(Answer.RETRY_SOON);
    }

    /**
     * A 503 that says when to come again.
     *
     * @param seconds at least 1
     */
    public static Answer unavailable(ProblemType type, String detail, int seconds) {
        return of(HttpResponseStatus.SERVICE_UNAVAILABLE, type, detail)
                .with(Map.of(HttpHeaderNames.RETRY_AFTER, Integer.toString(seconds)));
    }

    /** Records do not fit their declaration. */
    public static Answer invalid(List<Fault> named, int count) {
        String detail = count == 1 ? "1 fault; nothing was taken" : count + " faults; nothing was taken";
        return answer(
                HttpResponseStatus.UNPROCESSABLE_ENTITY,
                ProblemType.INVALID_RECORDS.uri(),
                ProblemType.INVALID_RECORDS.title(),
                detail,
                json -> writeErrors(json, named, count));
    }

    /** The database refused some records of an {@code ack=written} request; the others are written. */
    public static Answer refused(int written, List<Fault> named, int count) {
        return answer(
                HttpResponseStatus.UNPROCESSABLE_ENTITY,
                ProblemType.RECORDS_REFUSED.uri(),
                ProblemType.RECORDS_REFUSED.title(),
                "the database refused " + count + " of " + (written + count) + " records; the others are written",
                json -> {
                    json.writeNumberField("written", written);
                    writeErrors(json, named, count);
                });
    }

    private static void writeErrors(JsonGenerator json, List<Fault> named, int count) throws IOException {
        json.writeArrayFieldStart("errors");
        for (Fault fault : named) {
            json.writeStartObject();
            json.writeStringField("pointer", fault.pointer());
            json.writeStringField("detail", fault.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("error_count", count);
    }

    private static Answer answer(
            HttpResponseStatus status, String type, String title, String detail, Json.Members further) {
        byte[] content = Json.object(json -> {
            json.writeStringField("type", type);
            json.writeStringField("title", title);
            json.writeNumberField("status", status.code());
            json.writeStringField("detail", detail);
            further.write(json);
        });
        return new Answer(status, CONTENT_TYPE, content, Map.of(), type);
    }
}
