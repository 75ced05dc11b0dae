package dev.persistence.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/**
 * One path of the service.
 *
 * @param label its name in metrics
 * @param posts whether it takes POST; otherwise GET and HEAD
 * @param endpoint what is behind it
 */
record Route(String label, boolean posts, Endpoint endpoint) {

    static Route get(String label, Endpoint endpoint) {
        return new Route(label, false, endpoint);
    }

    static Route post(String label, Endpoint endpoint) {
        return new Route(label, true, endpoint);
    }

    /** The methods it takes, as the header {@code Allow} lists them. */
    String allowed() {
        return posts ? "POST" : "GET, HEAD";
    }

    boolean allows(HttpRequest head) {
        HttpMethod method = head.method();
        return posts ? method.equals(HttpMethod.POST) : method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}
