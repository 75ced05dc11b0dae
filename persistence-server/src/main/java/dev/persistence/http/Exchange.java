package dev.persistence.http;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Moments;
import dev.persistence.http.answer.Refused;
import dev.persistence.http.body.BodyBudget;
import dev.persistence.http.body.RequestBody;
import dev.persistence.http.endpoint.Endpoint;
import dev.persistence.http.endpoint.Route;
import dev.persistence.http.endpoint.Router;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.tracing.RequestSpan;
import dev.persistence.tracing.Scope;
import dev.persistence.tracing.Tracing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * One request from its head to its answer: {@link #admit}, {@link #receive}, {@link #answer}, {@link #respond}, and at
 * the end of every one {@link #end}, because an orderly stop waits for it. Owned by the connection's event loop.
 */
final class Exchange {

    /** The label of what belongs to no route. */
    static final String NO_ROUTE = "other";

    private static final FullHttpResponse GO_ON =
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);

    private final ChannelHandlerContext ctx;
    private final Connections connections;
    private final PipelineMetrics metrics;
    private final HttpRequest head;
    private final long startNanos;
    private final RequestSpan span;

    // Owned by the connection's event loop.
    private String label = NO_ROUTE;
    private Endpoint.Work work;
    private RequestBody body; // null where the body is dropped
    private long received;
    private boolean answered;
    private boolean ended;

    Exchange(
            ChannelHandlerContext ctx,
            Connections connections,
            PipelineMetrics metrics,
            Tracing tracing,
            HttpRequest head) {
        this.ctx = ctx;
        this.connections = connections;
        this.metrics = metrics;
        this.head = head;
        this.startNanos = now();
        this.span = span(tracing);
        connections.requestBegan();
    }

    /** Requests that bring or flush records have spans; what is polled has none. */
    private RequestSpan span(Tracing tracing) {
        if (!tracing.isOn() || !head.method().equals(HttpMethod.POST)) {
            return RequestSpan.NONE;
        }
        boolean secure = ctx.pipeline().get(SslHandler.class) != null;
        return tracing.request(head.method().name(), secure, head.headers()::getAll);
    }

    /** A request whose head did not arrive whole. */
    static Exchange withoutHead(ChannelHandlerContext ctx, Connections connections, PipelineMetrics metrics) {
        HttpRequest unknown = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        return new Exchange(ctx, connections, metrics, Tracing.OFF, unknown);
    }

    /** Judges the head, prepares for the body, and tells a client that waits to be told before it sends it. */
    void admit(Admission admission, BodyBudget budget) throws Refused {
        Route route = admission.route(head);
        label = route.endpoint().label(route.label(), head); // first: a refusal counts for its route
        if (span.isRecording()) {
            span.route(Router.path(head.uri()));
        }
        work = admission.admit(head, route);
        if (route.endpoint().takesBody()) {
            body = new RequestBody(ctx.alloc(), budget, HttpUtil.getContentLength(head, -1L));
        }
        if (HttpUtil.is100ContinueExpected(head)) {
            ctx.writeAndFlush(GO_ON.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    /**
     * Takes a piece of the body, or drops it where nobody wants it (any more).
     *
     * @throws Refused if it is too much
     */
    void receive(ByteBuf content, BodyBudget budget) throws Refused {
        received += content.readableBytes();
        if (body != null) {
            work.checkWanted(received);
            body.add(content);
        } else if (received > budget.mostDropped()) {
            throw Refused.closing(budget.tooLarge().answer());
        }
    }

    /** Has the complete request answered. */
    CompletionStage<Answer> answer() throws Refused {
        Scope scope = span.enter();
        try {
            return work.answer(body == null ? Unpooled.EMPTY_BUFFER : body.collected(), ctx.executor());
        } finally {
            releaseBody();
            scope.close();
        }
    }

    /** What the thread logs until the scope is closed is about this request. */
    Scope enter() {
        return span.enter();
    }

    /** Whether the connection may go on after the answer. */
    boolean keepsAlive() {
        return HttpUtil.isKeepAlive(head) && !connections.draining();
    }

    boolean isAnswered() {
        return answered;
    }

    /**
     * The answer as a message, which the caller sends.
     *
     * @param last whether the client is told that the connection ends with it
     */
    FullHttpResponse respond(Answer answer, boolean last) {
        FullHttpResponse response = response(answer, last);
        releaseBody();
        answered = true;
        metrics.answered(label, answer.status().code(), now() - startNanos);
        span.answered(answer.status().code(), answer.problem());
        return response;
    }

    /** The answer is sent, or never will be. Calling it again does nothing. */
    void end() {
        releaseBody();
        answered = true;
        if (!ended) {
            ended = true;
            span.end();
            connections.requestEnded();
        }
    }

    private FullHttpResponse response(Answer answer, boolean last) {
        boolean bodiless = head.method().equals(HttpMethod.HEAD);
        ByteBuf content = bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.content());
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), content);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.DATE, Moments.httpDate(Instant.now()));
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.content().length);
        answer.headers().forEach(headers::set);
        if (last) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return response;
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private long now() {
        return ctx.executor().ticker().nanoTime();
    }
}
