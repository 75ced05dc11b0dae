package dev.persistence.http;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.ProblemType;
import dev.persistence.telemetry.PipelineMetrics;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/** A connection over the limit: answered without being read, and closed; with TLS just closed, as a handshake costs more. */
final class SurplusConnection extends ChannelInboundHandlerAdapter {

    private final PipelineMetrics metrics;
    private final int limit;
    private final boolean tls;

    SurplusConnection(PipelineMetrics metrics, int limit, boolean tls) {
        this.metrics = metrics;
        this.limit = limit;
        this.tls = tls;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Answer answer = Problem.unavailable(
                ProblemType.BUFFER_FULL, "there are already " + limit + " connections (service.max-connections)");
        String head = "HTTP/1.1 " + answer.status() + "\r\nContent-Type: " + answer.contentType()
                + "\r\nContent-Length: " + answer.content().length
                + "\r\nRetry-After: 1\r\nConnection: close\r\n\r\n";
        metrics.answered(Exchange.NO_ROUTE, answer.status().code(), 0);
        if (tls) {
            LingeringClose.now(ctx.channel());
            return;
        }
        ctx.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), answer.content()))
                .addListener(sent -> LingeringClose.begin(ctx.channel()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            LingeringClose.now(ctx.channel());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LingeringClose.now(ctx.channel());
    }
}
