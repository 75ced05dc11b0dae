package dev.persistence.bench.serve;

import dev.persistence.http.BareListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;

/** The limit of HTTP: drops what arrives, looks at none of it, and answers every request with the same 202. */
public final class DrainServer implements Server {

    private final BareListener listener;

    private DrainServer(BareListener listener) {
        this.listener = listener;
    }

    public static DrainServer start() {
        Drain drain = new Drain();
        return new DrainServer(BareListener.start(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpServerCodec(), drain);
            }
        }));
    }

    @Override
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }

    /** Flushes once for all that one read brought, as the service does. Has no state: all connections share it. */
    @ChannelHandler.Sharable
    private static final class Drain extends ChannelInboundHandlerAdapter {

        private static final ByteBuf CONTENT = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(
                "{\"status\":\"accepted\",\"count\":0,\"timestamp\":\"2026-01-02T03:04:05.678901Z\"}"
                        .getBytes(StandardCharsets.UTF_8))); // as long as the service's

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            if (message instanceof LastHttpContent) {
                ctx.write(accepted()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }

        private static FullHttpResponse accepted() {
            FullHttpResponse answer =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.ACCEPTED, CONTENT.duplicate());
            answer.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, CONTENT.readableBytes());
            return answer;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable broken) {
            Future<Void> unused = ctx.close(); // a client went away in the middle of a request
        }
    }
}
