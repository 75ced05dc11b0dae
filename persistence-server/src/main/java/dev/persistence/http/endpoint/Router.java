package dev.persistence.http.endpoint;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Problem;
import dev.persistence.http.openapi.Paths;
import dev.persistence.schema.RecordTypes;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the route of a request target. Paths are compared as they are sent, without percent-decoding. */
public final class Router {

    /** Scheme and authority, then the path. */
    private static final Pattern ABSOLUTE = Pattern.compile("(?i:https?)://[^/]+(.*)");

    private final Map<String, Route> routes;
    private final String unknownType;

    /**
     * Routes by their paths.
     *
     * @param types named to whoever asks for another
     */
    public Router(Map<String, Route> routes, RecordTypes types) {
        this.routes = Map.copyOf(routes);
        this.unknownType = "no such record type (declared: " + String.join(", ", types.names()) + ")";
    }

    /** The route, if there is one. */
    public Optional<Route> find(String target) {
        return Optional.ofNullable(routes.get(path(target)));
    }

    /** Why there is no route. */
    public Answer notFound(String target) {
        String path = path(target);
        boolean batch = Paths.isBatch(path);
        return Problem.of(
                HttpResponseStatus.NOT_FOUND, batch ? unknownType : "no such path; GET /openapi.json lists all");
    }

    /** The path of a target in origin form or absolute form, without its query. */
    public static String path(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.startsWith("/")) {
            return path;
        }
        Matcher absolute = ABSOLUTE.matcher(path);
        if (!absolute.matches()) {
            return path;
        }
        return absolute.group(1).isEmpty() ? "/" : absolute.group(1);
    }
}
