package dev.persistence.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose client may still be sending. Closing at once would reset it, and the client would often lose
 * the answer that it was just sent; so only our direction is shut, and what still comes is dropped for a while.
 */
final class LingeringClose {

    private static final long SECONDS = 2;

    private LingeringClose() {}

    /** Begins it, after the last answer has gone out. The channel's handlers drop input, and close when it ends. */
    static void begin(Channel channel) {
        if (channel.isActive() && channel instanceof DuplexChannel duplex) {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls == null) {
                shutOutput(duplex);
            } else { // what still comes is not even decrypted
                channel.pipeline().addFirst(new DropAll());
                tls.closeOutbound().addListener(told -> shutOutput(duplex));
            }
        } else {
            now(channel);
        }
    }

    private static void shutOutput(DuplexChannel channel) {
        channel.shutdownOutput()
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE)
                .addListener(shut -> dropInput(channel));
    }

    /** Begins it once what was written before has gone out. */
    static void afterAnswers(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> begin(ctx.channel()));
    }

    private static void dropInput(Channel channel) {
        channel.config().setAutoRead(true);
        Future<?> unused = channel.eventLoop().schedule(() -> now(channel), SECONDS, TimeUnit.SECONDS);
    }

    /** Takes everything off the wire and forgets it. */
    private static final class DropAll extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }
    }

    /** Closes at once. Nobody waits for it: whoever must know listens to the channel's close future. */
    static void now(Channel channel) {
        Future<Void> unused = channel.close();
    }
}
