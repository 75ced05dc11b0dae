package dev.persistence.http.endpoint;

import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.ProblemType;
import dev.persistence.http.answer.Refused;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The query of a batch request. Strict, because a misspelt {@code ack} would silently lose what it asks for. */
final class AckParameter {

    private static final int MOST_PARAMETERS = 64;

    private AckParameter() {}

    /** Whether the request is to be answered only after the commit. */
    static boolean asksForWritten(String target) throws Refused {
        if (target.indexOf('?') < 0) {
            return false;
        }
        boolean written = false;
        for (Map.Entry<String, List<String>> parameter : parameters(target).entrySet()) {
            if (!parameter.getKey().equals("ack")) {
                throw refused("unknown query parameter \"" + parameter.getKey() + "\" (expected ack=written or none)");
            }
            if (!parameter.getValue().equals(List.of("written"))) {
                throw refused("query parameter ack: expected ack=written, once");
            }
            written = true;
        }
        return written;
    }

    private static Map<String, List<String>> parameters(String target) throws Refused {
        try {
            return new QueryStringDecoder(target, StandardCharsets.UTF_8, true, MOST_PARAMETERS, true).parameters();
        } catch (IllegalArgumentException malformed) {
            throw refused("the query is not well-formed (expected ack=written or none)");
        }
    }

    private static Refused refused(String detail) {
        return Refused.with(Problem.of(HttpResponseStatus.BAD_REQUEST, ProblemType.BAD_PARAMETER, detail));
    }
}
