package dev.persistence.bench.serve;

import dev.persistence.bench.reference.PerRequestWriter;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of a connection after another: a worker parses it, writes it and waits for the commit; meanwhile nothing
 * more is read of the connection.
 *
 * <table>
 * <caption>Answers</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>202</td><td>all records are committed</td></tr>
 * <tr><td>200</td><td>a flush: there is never anything to do</td></tr>
 * <tr><td>400</td><td>the body cannot be parsed</td></tr>
 * <tr><td>404</td><td>any other path</td></tr>
 * <tr><td>503</td><td>the database did not take the records; nothing was written</td></tr>
 * </table>
 */
final class PerRequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(PerRequestHandler.class);
    private static final Pattern BATCH = Pattern.compile("/api/v1/persistence/([a-z0-9_-]+)/batch");
    private static final String FLUSH = "/api/v1/persistence/flush";

    private final PerRequestWriter writer;
    private final Executor workers;

    PerRequestHandler(PerRequestWriter writer, Executor workers) {
        this.writer = writer;
        this.workers = workers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        Matcher batch = BATCH.matcher(request.uri());
        if (batch.matches()) {
            byte[] body = ByteBufUtil.getBytes(request.content());
            ctx.channel().config().setAutoRead(false);
            workers.execute(() -> answer(ctx, batch.group(1), body));
        } else if (request.uri().equals(FLUSH)) {
            send(ctx, HttpResponseStatus.OK, "{\"status\":\"flushed\",\"failed\":0}");
        } else {
            send(ctx, HttpResponseStatus.NOT_FOUND, "{\"status\":\"error\",\"detail\":\"no such path\"}");
        }
    }

    private void answer(ChannelHandlerContext ctx, String type, byte[] body) {
        try {
            int count = writer.write(type, body);
            send(
                    ctx,
                    HttpResponseStatus.ACCEPTED,
                    "{\"status\":\"accepted\",\"count\":" + count + ",\"timestamp\":\"" + Instant.now() + "\"}");
        } catch (IOException unreadable) {
            LOG.debug("A body cannot be parsed", unreadable);
            send(ctx, HttpResponseStatus.BAD_REQUEST, "{\"status\":\"error\",\"detail\":\"cannot be parsed\"}");
        } catch (SQLException failed) {
            LOG.warn("A request was not written: {}", failed.getMessage());
            send(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "{\"status\":\"error\",\"detail\":\"not written\"}");
        } finally {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private static void send(ChannelHandlerContext ctx, HttpResponseStatus status, String json) {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
        ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable broken) {
        LOG.debug("A connection broke", broken);
        Future<Void> unused = ctx.close();
    }
}
