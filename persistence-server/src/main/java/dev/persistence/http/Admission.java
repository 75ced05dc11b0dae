package dev.persistence.http;

import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.ProblemType;
import dev.persistence.http.answer.Refused;
import dev.persistence.http.body.BodyBudget;
import dev.persistence.http.endpoint.Endpoint;
import dev.persistence.http.endpoint.Route;
import dev.persistence.http.endpoint.Router;
import dev.persistence.http.security.AccessGuard;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Judges requests by their head, so that a refusal costs nobody the reading of a body.
 *
 * <table>
 * <caption>Refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>400, closes</td><td>not HTTP/1.0 or 1.1; no Host or several in HTTP/1.1; framing in doubt</td></tr>
 * <tr><td>414, closes</td><td>request line over {@value HttpPipeline#MAX_LINE} bytes</td></tr>
 * <tr><td>431, closes</td><td>headers over {@value HttpPipeline#MAX_HEADERS} bytes</td></tr>
 * <tr><td>404</td><td>no such path, or no such record type</td></tr>
 * <tr><td>405 with Allow</td><td>another method</td></tr>
 * <tr><td>401, 403 with WWW-Authenticate</td><td>see {@link AccessGuard}</td></tr>
 * <tr><td>503 with Retry-After, closes</td><td>the service is stopping</td></tr>
 * <tr><td>417</td><td>an expectation other than 100-continue</td></tr>
 * <tr><td>413</td><td>Content-Length over {@code max-request-bytes}, where the route takes a body; over twice as much
 * elsewhere</td></tr>
 * <tr><td>503 with Retry-After</td><td>a smaller body just found no room, see {@link dev.persistence.ring.Shortage}</td></tr>
 * </table>
 */
final class Admission {

    private final Router router;
    private final AccessGuard guard;
    private final BodyBudget budget;
    private final BooleanSupplier draining;

    Admission(Router router, AccessGuard guard, BodyBudget budget, BooleanSupplier draining) {
        this.router = router;
        this.guard = guard;
        this.budget = budget;
        this.draining = draining;
    }

    /** Whether the connection ended within the message, so that nobody is left to be answered. */
    static boolean cutOff(HttpRequest head) {
        return head.decoderResult().cause() instanceof PrematureChannelClosureException;
    }

    /** The route of a well-formed request. */
    Route route(HttpRequest head) throws Refused {
        checkMessage(head);
        return router.find(head.uri()).orElseThrow(() -> Refused.with(router.notFound(head.uri())));
    }

    /** What is to be done for a request on its route. */
    Endpoint.Work admit(HttpRequest head, Route route) throws Refused {
        if (!route.allows(head)) {
            throw Refused.with(Problem.of(HttpResponseStatus.METHOD_NOT_ALLOWED, "this path takes " + route.allowed())
                    .with(Map.of(HttpHeaderNames.ALLOW, route.allowed())));
        }
        if (route.right().isPresent()) {
            guard.check(head.headers(), route.right().get());
        }
        if (draining.getAsBoolean() && !route.endpoint().answersWhileDraining()) {
            throw Refused.closing(
                    Problem.unavailable(ProblemType.DRAINING, "the service is stopping; nothing was taken"));
        }
        checkExpectation(head);
        Endpoint.Work work = route.endpoint().admit(head);
        long most = route.endpoint().takesBody() ? budget.maxRequestBytes() : budget.mostDropped();
        if (HttpUtil.getContentLength(head, 0L) > most) {
            throw budget.tooLarge();
        }
        work.checkWanted(
                HttpUtil.getContentLength(head, 0L)); // last: what is wrong with a request never depends on the load
        return work;
    }

    /**
     * Whether the connection ends if this request is refused: its body is too large to be dropped, or its client waits to
     * be told before it sends the body, and then may send it or not, so that nobody knows where a next request begins.
     */
    boolean endsIfRefused(HttpRequest head) {
        return head.decoderResult().isFailure()
                || HttpUtil.is100ContinueExpected(head)
                || HttpUtil.getContentLength(head, 0L) > budget.mostDropped();
    }

    /** A message that cannot be followed any further. */
    static Refused badMessage(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return closing(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "the headers have more than " + HttpPipeline.MAX_HEADERS + " bytes");
        }
        if (cause instanceof TooLongHttpLineException) {
            return closing(
                    HttpResponseStatus.REQUEST_URI_TOO_LONG,
                    "a line of the request has more than " + HttpPipeline.MAX_LINE + " bytes");
        }
        return closing(HttpResponseStatus.BAD_REQUEST, "not a well-formed HTTP/1.1 message");
    }

    private static void checkMessage(HttpRequest head) throws Refused {
        if (head.decoderResult().isFailure()) {
            throw badMessage(head.decoderResult().cause());
        }
        HttpVersion version = head.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw closing(HttpResponseStatus.BAD_REQUEST, "expected HTTP/1.1 or HTTP/1.0");
        }
        HttpHeaders headers = head.headers();
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_1))) {
            throw closing(HttpResponseStatus.BAD_REQUEST, "expected one Host header, found " + hosts);
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && !(codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)))) {
            throw closing(HttpResponseStatus.BAD_REQUEST, "expected no Transfer-Encoding other than chunked");
        }
    }

    private static void checkExpectation(HttpRequest head) throws Refused {
        String expectation = head.headers().get(HttpHeaderNames.EXPECT);
        if (expectation != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            throw Refused.with(Problem.of(
                    HttpResponseStatus.EXPECTATION_FAILED, "expected no expectation other than 100-continue"));
        }
    }

    private static Refused closing(HttpResponseStatus status, String detail) {
        return Refused.closing(Problem.of(status, detail));
    }
}
