package dev.persistence.http.endpoint;

import dev.persistence.http.security.Right;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;

/**
 * One path of the service.
 *
 * @param label its name in metrics
 * @param posts whether it takes POST; otherwise GET and HEAD
 * @param endpoint what is behind it
 * @param right what a token must allow where tokens are configured; empty for what everybody may see
 */
public record Route(String label, boolean posts, Endpoint endpoint, Optional<Right> right) {

    /** A route that takes GET and HEAD. */
    public static Route get(String label, Endpoint endpoint) {
        return new Route(label, false, endpoint, Optional.empty());
    }

    /** A route that takes POST. */
    public static Route post(String label, Endpoint endpoint) {
        return new Route(label, true, endpoint, Optional.empty());
    }

    /** The same for tokens with this right only. */
    public Route needing(Right needed) {
        return new Route(label, posts, endpoint, Optional.of(needed));
    }

    /** The methods it takes, as the header {@code Allow} lists them. */
    public String allowed() {
        return posts ? "POST" : "GET, HEAD";
    }

    /** Whether it takes the method of this request. */
    public boolean allows(HttpRequest head) {
        HttpMethod method = head.method();
        return posts ? method.equals(HttpMethod.POST) : method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}
