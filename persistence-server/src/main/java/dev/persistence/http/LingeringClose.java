package dev.persistence.http;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
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
        if (!(channel instanceof DuplexChannel duplex) || !channel.isActive()) {
            channel.close();
            return;
        }
        duplex.shutdownOutput().addListener(shut -> {
            if (shut.isSuccess()) {
                channel.config().setAutoRead(true);
                channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
            } else {
                channel.close();
            }
        });
    }
}
