package dev.persistence.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Tells when a request takes too long to arrive, and when a connection has rested for too long or does not take its
 * answers. Stands behind the decoder. A request that arrives in one read costs no timer. Event loop only.
 */
final class ConnectionTimer extends ChannelInboundHandlerAdapter {

    /** The user event that is fired when a time is over. */
    enum Expired {
        /** A request did not arrive whole in time. */
        REQUEST,
        /** Nothing came, or nothing could be sent, for too long. */
        IDLE
    }

    private final RequestDecoder decoder;
    private final long requestNanos;
    private final long idleNanos;

    // Owned by the connection's event loop.
    private ChannelHandlerContext ctx;
    private ScheduledFuture<?> requestTimer;
    private ScheduledFuture<?> idleTimer;
    private long requestNumber = -1;
    private long requestSince;
    private long progressSince;
    private boolean answering;
    private boolean ending;

    ConnectionTimer(RequestDecoder decoder, Duration requestTimeout, Duration idleTimeout) {
        this.decoder = decoder;
        this.requestNanos = requestTimeout.toNanos();
        this.idleNanos = idleTimeout.toNanos();
    }

    /** Whether no byte of another request has arrived. */
    boolean betweenRequests() {
        return !decoder.incomplete();
    }

    /** An answer is being computed: no time runs against the client. */
    void answering() {
        answering = true;
    }

    /** The answer is there: the client's time to take it begins. */
    void answered() {
        answering = false;
        progress();
    }

    /** The last answer is under way: from now on only taking it counts, whatever else the client sends. */
    void ending() {
        ending = true;
    }

    /** Reading goes on. What has arrived of the next request could not go on arriving; its time begins anew. */
    void readingAgain() {
        progress();
        if (decoder.incomplete()) {
            watchRequest();
        }
    }

    /** The client did something: it sent bytes, or took an answer. */
    void progress() {
        progressSince = now();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.ctx = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        progress();
        idleTimer = schedule(this::lookAtIdleness, idleNanos);
        context.fireChannelActive();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!ending) {
            progress();
        }
        if (decoder.incomplete() && decoder.completed() != requestNumber) {
            watchRequest();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel(requestTimer);
        cancel(idleTimer);
        context.fireChannelInactive();
    }

    private void watchRequest() {
        requestNumber = decoder.completed();
        requestSince = now();
        if (requestTimer == null) {
            requestTimer = schedule(this::lookAtRequest, requestNanos);
        }
    }

    private void lookAtRequest() {
        requestTimer = null;
        if (!waitsForRequest()) {
            return;
        }
        long left = requestSince + requestNanos - now();
        if (left > 0) {
            requestTimer = schedule(this::lookAtRequest, left);
        } else {
            ctx.fireUserEventTriggered(Expired.REQUEST);
        }
    }

    private void lookAtIdleness() {
        long left = progressSince + idleNanos - now();
        if (left <= 0 && !answering && !waitsForRequest()) {
            ctx.fireUserEventTriggered(Expired.IDLE);
        } else {
            idleTimer = schedule(this::lookAtIdleness, left > 0 ? left : idleNanos);
        }
    }

    private boolean waitsForRequest() {
        return !ending && decoder.incomplete() && ctx.channel().config().isAutoRead();
    }

    private ScheduledFuture<?> schedule(Runnable look, long nanos) {
        return ctx.executor().schedule(look, nanos, TimeUnit.NANOSECONDS);
    }

    private long now() {
        return ctx.executor().ticker().nanoTime();
    }

    private static void cancel(ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
