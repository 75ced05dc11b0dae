package dev.persistence.http;

import dev.persistence.telemetry.PipelineMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;

/** One request from its head to its answer. Owned by the connection's event loop. */
final class Exchange {

    /** The label of what belongs to no route. */
    static final String NO_ROUTE = "other";

    private final ChannelHandlerContext ctx;
    private final Connections connections;
    private final PipelineMetrics metrics;
    private final HttpRequest head;
    private final long startNanos;
    private String label = NO_ROUTE;
    private boolean answered;

    /** @param head the request's head; an empty one where it did not arrive */
    Exchange(ChannelHandlerContext ctx, Connections connections, PipelineMetrics metrics, HttpRequest head) {
        this.ctx = ctx;
        this.connections = connections;
        this.metrics = metrics;
        this.head = head;
        this.startNanos = now();
        connections.requestBegan();
    }

    void on(Route route) {
        label = route.label();
    }

    /** Whether the connection may go on after the answer. */
    boolean keepsAlive() {
        return HttpUtil.isKeepAlive(head) && !connections.draining();
    }

    boolean isAnswered() {
        return answered;
    }

    /**
     * Sends the answer.
     *
     * @param last whether the client is told that the connection ends with it
     */
    ChannelFuture send(Answer answer, boolean last) {
        answered = true;
        metrics.answered(label, answer.status().code(), now() - startNanos);
        return ctx.writeAndFlush(response(answer, last)).addListener(sent -> connections.requestEnded());
    }

    /** The connection ended before the answer. */
    void abandon() {
        if (!answered) {
            answered = true;
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

    private long now() {
        return ctx.executor().ticker().nanoTime();
    }
}
