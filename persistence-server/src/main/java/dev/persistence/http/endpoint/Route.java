package dev.persistence.http.endpoint;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/**
 * One path of the service.
 *
 * @param label its name in metrics
 * @param posts whether it takes POST; otherwise GET and HEAD
 * @param endpoint what is behind it
 */
public record Route(String label, boolean posts, Endpoint endpoint) {

    /** A route that takes GET and HEAD. */
    public static Route get(String label, Endpoint endpoint) {
        return new Route(label, false, endpoint);
    }

    /** A route that takes POST. */
    public static Route post(String label, Endpoint endpoint) {
        return new Route(label, true, endpoint);
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
