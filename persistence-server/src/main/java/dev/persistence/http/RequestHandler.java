package dev.persistence.http;

import dev.persistence.telemetry.PipelineMetrics;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the requests of one connection, one after another: head, body, answer. While an answer is being computed, or
 * the client does not take its answers, nothing more is read. A refused request's body is dropped as it arrives, and
 * the connection goes on behind it, unless there is too much of it. Event loop only.
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private static final FullHttpResponse GO_ON =
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);

    private enum State {
        /** Waiting for the next head. */
        BETWEEN,
        /** The head was admitted; the body arrives. */
        READING,
        /** The request was refused and answered; the rest of its body is dropped. */
        DROPPING,
        /** The request is complete and its answer is being computed; nothing is read. */
        ANSWERING,
        /** The connection ends; whatever still arrives is dropped. */
        CLOSING
    }

    private final Admission admission;
    private final Connections connections;
    private final PipelineMetrics metrics;
    private final ConnectionTimer timer;
    private final BodyBudget budget;
    private final int maxRequestBytes;

    // All owned by the connection's event loop.
    private State state = State.BETWEEN;
    private boolean inputEnded;
    private Exchange exchange;
    private Endpoint.Work work;
    private RequestBody body;
    private long dropped;

    RequestHandler(
            Admission admission,
            Connections connections,
            PipelineMetrics metrics,
            ConnectionTimer timer,
            BodyBudget budget,
            int maxRequestBytes) {
        this.admission = admission;
        this.connections = connections;
        this.metrics = metrics;
        this.timer = timer;
        this.budget = budget;
        this.maxRequestBytes = maxRequestBytes;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (connections.draining()) {
            end(ctx);
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest head && state == State.BETWEEN) {
                begin(ctx, head);
            }
            if (message instanceof HttpContent content) {
                take(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        if (Admission.cutOff(head)) {
            end(ctx);
            return;
        }
        exchange = new Exchange(ctx, connections, metrics, head);
        dropped = 0;
        boolean waits = HttpUtil.is100ContinueExpected(head);
        boolean huge = head.decoderResult().isSuccess() && HttpUtil.getContentLength(head, 0L) > 2L * maxRequestBytes;
        try {
            Route route = admission.route(head);
            exchange.on(route);
            work = admission.admit(head, route);
            if (huge) {
                throw Admission.tooLarge(maxRequestBytes);
            }
            if (route.endpoint().takesBody()) {
                body = new RequestBody(ctx.alloc(), budget, maxRequestBytes, HttpUtil.getContentLength(head, -1L));
            }
            state = State.READING;
            if (waits) {
                ctx.writeAndFlush(GO_ON.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            }
        } catch (Refused refused) {
            // Whoever waits to be told may or may not send the body now: nobody knows where a next request begins.
            send(ctx, refused.answer(), refused.framingLost() || waits || huge, State.DROPPING);
        }
    }

    private void take(ChannelHandlerContext ctx, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            breakOff(ctx, Admission.badMessage(content.decoderResult().cause()).answer());
        } else if (state == State.READING && body != null) {
            collect(ctx, content);
        } else if (state == State.READING || state == State.DROPPING) {
            drop(ctx, content);
        }
        if (content instanceof LastHttpContent) {
            complete(ctx);
        }
    }

    private void collect(ChannelHandlerContext ctx, HttpContent content) {
        try {
            body.add(content.content());
        } catch (Refused refused) {
            dropped = body.collected().readableBytes();
            send(ctx, refused.answer(), refused.framingLost(), State.DROPPING);
            drop(ctx, content);
        }
    }

    private void drop(ChannelHandlerContext ctx, HttpContent content) {
        dropped += content.content().readableBytes();
        if (dropped > 2L * maxRequestBytes && state != State.CLOSING) {
            breakOff(ctx, Admission.tooLarge(maxRequestBytes).answer());
        }
    }

    private void complete(ChannelHandlerContext ctx) {
        if (state == State.READING) {
            answer(ctx);
        } else if (state == State.DROPPING) {
            state = State.BETWEEN;
            if (connections.draining()) {
                end(ctx);
            }
        }
    }

    private void answer(ChannelHandlerContext ctx) {
        state = State.ANSWERING;
        try {
            work.answer(body == null ? Unpooled.EMPTY_BUFFER : body.collected(), ctx.executor())
                    .whenComplete((answer, failure) -> answered(ctx, answer, failure));
        } catch (Refused refused) {
            send(ctx, refused.answer(), refused.framingLost(), State.BETWEEN);
        } finally {
            releaseBody();
        }
        if (state == State.ANSWERING) {
            timer.pause();
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void answered(ChannelHandlerContext ctx, Answer answer, Throwable failure) {
        if (state != State.ANSWERING) {
            return; // the connection ended meanwhile
        }
        if (failure == null) {
            send(ctx, answer, false, State.BETWEEN);
        } else {
            exceptionCaught(ctx, failure);
        }
        try {
            readOn(ctx);
        } catch (UncheckedIOException gone) {
            exceptionCaught(ctx, gone);
        }
    }

    private void send(ChannelHandlerContext ctx, Answer answer, boolean close, State next) {
        releaseBody();
        boolean last = close || !exchange.keepsAlive();
        state = last ? State.CLOSING : next;
        exchange.send(answer, last).addListener(sent -> {
            timer.progress();
            if (last) {
                LingeringClose.begin(ctx.channel());
            }
        });
        if (!last && !ctx.channel().isWritable()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    /** Answers, if that is still to be done, and ends the connection within a request. */
    private void breakOff(ChannelHandlerContext ctx, Answer answer) {
        if (state == State.CLOSING) {
            return;
        }
        if (exchange != null && !exchange.isAnswered()) {
            send(ctx, answer, true, State.CLOSING);
        } else {
            state = State.CLOSING;
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> LingeringClose.begin(ctx.channel()));
        }
    }

    /** Ends the connection once the answers before have gone out. */
    private void end(ChannelHandlerContext ctx) {
        state = State.CLOSING;
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Takes up reading again, beginning with what has already arrived. */
    private void readOn(ChannelHandlerContext ctx) {
        if (state == State.ANSWERING
                || (state != State.CLOSING && !ctx.channel().isWritable())) {
            return;
        }
        if (!ctx.channel().config().isAutoRead()) {
            timer.resume(); // first: turning reading on takes what is already here, and may well turn it off again
            ctx.channel().config().setAutoRead(true);
        }
        if (inputEnded && state != State.ANSWERING && ctx.channel().config().isAutoRead()) {
            inputEnds(ctx);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readOn(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ConnectionTimer.Expired.REQUEST) {
            requestIsLate(ctx);
        } else if (event == ConnectionTimer.Expired.IDLE) {
            LingeringClose.now(ctx.channel());
        } else if (event == Connections.DRAIN) {
            if (state == State.BETWEEN && ctx.channel().config().isAutoRead() && timer.betweenRequests()) {
                end(ctx);
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnds(ctx);
        }
    }

    private void requestIsLate(ChannelHandlerContext ctx) {
        if (state == State.BETWEEN) { // its head is not complete
            HttpRequest unknown = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            exchange = new Exchange(ctx, connections, metrics, unknown);
        }
        breakOff(ctx, Problem.of(HttpResponseStatus.REQUEST_TIMEOUT, "the request did not arrive in time"));
    }

    /** The client sends no more; it may still wait for answers. */
    private void inputEnds(ChannelHandlerContext ctx) {
        inputEnded = true;
        boolean moreToAnswer = state == State.ANSWERING
                || (state == State.BETWEEN && !ctx.channel().config().isAutoRead());
        if (!moreToAnswer) {
            end(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.CLOSING;
        releaseBody();
        if (exchange != null) {
            exchange.abandon();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Turning reading on fails unchecked where the client has just gone.
        if (cause instanceof IOException || cause instanceof UncheckedIOException) {
            LOG.debug("connection lost: {}", cause.toString());
            LingeringClose.now(ctx.channel());
            return;
        }
        LOG.error("a request could not be answered; its connection is closed", cause);
        breakOff(ctx, Problem.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the service failed; its log says why"));
    }

    private void releaseBody() {
        work = null;
        if (body != null) {
            body.release();
            body = null;
        }
    }
}
