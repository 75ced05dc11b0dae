package dev.persistence.http.body;

import dev.persistence.decode.BodyFormat;
import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.Refused;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the header {@code Content-Type} says of a batch. */
public final class MediaType {

    private static final String ACCEPTED = "application/json, application/x-ndjson";

    private MediaType() {}

    /** The format of the body; JSON where nothing is said. */
    public static BodyFormat format(HttpHeaders headers) throws Refused {
        List<String> values = headers.getAll(HttpHeaderNames.CONTENT_TYPE);
        if (values.isEmpty()) {
            return BodyFormat.JSON;
        }
        String[] parts = values.get(0).toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].trim();
        if (values.size() > 1 || !isUtf8(parts)) {
            throw unsupported();
        }
        if (type.equals("application/x-ndjson")) {
            return BodyFormat.NDJSON;
        }
        boolean json = type.isEmpty()
                || type.equals("application/json")
                || (type.startsWith("application/") && type.endsWith("+json"));
        if (!json) {
            throw unsupported();
        }
        return BodyFormat.JSON;
    }

    private static boolean isUtf8(String[] parts) {
        for (int part = 1; part < parts.length; part++) {
            String parameter = parts[part].trim();
            if (parameter.startsWith("charset=")
                    && !parameter
                            .substring("charset=".length())
                            .replace("\"", "")
                            .equals("utf-8")) {
                return false;
            }
        }
        return true;
    }

    private static Refused unsupported() {
        return Refused.with(Problem.of(
                        HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                        "expected a Content-Type of application/json, application/…+json or application/x-ndjson,"
                                + " in utf-8, or none")
                .with(Map.of(HttpHeaderNames.ACCEPT, ACCEPTED)));
    }
}
