package dev.persistence.http.security;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between TLS and HTTP, and lets HTTP see a connection like any other: the client's close_notify is the end of its
 * input, pieces of records that decrypt to nothing yet are no progress, and a failure of TLS ends the connection without a
 * word in the log, since clients decide how often it happens. Event loop only.
 */
final class TlsConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(TlsConnection.class);

    private final LongAdder failedHandshakes;

    // Owned by the connection's event loop.
    private boolean decrypted;
    private boolean inputEnded;

    TlsConnection(LongAdder failedHandshakes) {
        this.failedHandshakes = failedHandshakes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        decrypted = true;
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (decrypted) {
            decrypted = false;
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (!handshake.isSuccess()) {
                failedHandshakes.increment();
                LOG.debug("a TLS handshake failed: {}", reason(handshake.cause()));
            }
        } else if (event instanceof SslCloseCompletionEvent end) {
            if (end.isSuccess()) {
                inputEnds(ctx);
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnds(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** Said once: close_notify may be followed by the end of the connection's own input. */
    private void inputEnds(ChannelHandlerContext ctx) {
        if (!inputEnded) {
            inputEnded = true;
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable tls = cause instanceof DecoderException ? cause.getCause() : cause;
        if (tls instanceof SSLException) {
            LOG.debug("a TLS connection is closed: {}", reason(tls));
            Future<Void> unused = ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    /** Without what the client sent, which the message about bytes that are no TLS at all repeats. */
    private static String reason(Throwable failure) {
        if (failure instanceof NotSslRecordException) {
            return "not TLS";
        }
        return failure instanceof SSLHandshakeException
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
    }
}
