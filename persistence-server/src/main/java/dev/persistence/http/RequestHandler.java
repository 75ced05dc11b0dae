package dev.persistence.http;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.Refused;
import dev.persistence.http.body.BodyBudget;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.tracing.Scope;
import dev.persistence.tracing.Tracing;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
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
 *
 * <pre>
 * BETWEEN ── head admitted ──► READING ── body complete ──► ANSWERING ── answer sent ──► BETWEEN
 * BETWEEN ── head refused ───► DROPPING ── body complete ─► BETWEEN
 * READING ── body refused ───► DROPPING
 * any ────── last answer sent, framing lost, input ended ─► CLOSING
 * </pre>
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

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
    private final Tracing tracing;

    // Owned by the connection's event loop.
    private State state = State.BETWEEN;
    private boolean inputEnded;
    private Exchange exchange; // the latest; null before the first

    RequestHandler(
            Admission admission,
            Connections connections,
            PipelineMetrics metrics,
            ConnectionTimer timer,
            BodyBudget budget,
            Tracing tracing) {
        this.admission = admission;
        this.connections = connections;
        this.metrics = metrics;
        this.timer = timer;
        this.budget = budget;
        this.tracing = tracing;
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
            if (message instanceof HttpContent content && (state == State.READING || state == State.DROPPING)) {
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
        exchange = new Exchange(ctx, connections, metrics, tracing, head);
        try {
            exchange.admit(admission, budget);
            state = State.READING;
        } catch (Refused refused) {
            send(ctx, refused.answer(), refused.framingLost() || admission.endsIfRefused(head), State.DROPPING);
        }
    }

    private void take(ChannelHandlerContext ctx, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            breakOff(ctx, Admission.badMessage(content.decoderResult().cause()).answer());
            return;
        }
        try {
            exchange.receive(content.content(), budget);
        } catch (Refused refused) {
            if (refused.framingLost()) {
                breakOff(ctx, refused.answer());
            } else {
                send(ctx, refused.answer(), false, State.DROPPING);
            }
        }
        if (content instanceof LastHttpContent) {
            complete(ctx);
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
            exchange.answer().whenComplete((answer, failure) -> {
                if (ctx.executor().inEventLoop()) { // otherwise the loop has ended, and all its connections before it
                    answered(ctx, answer, failure);
                }
            });
        } catch (Refused refused) {
            send(ctx, refused.answer(), refused.framingLost(), State.BETWEEN);
        } catch (RuntimeException failure) {
            fail(ctx, failure);
        }
        if (state == State.ANSWERING) {
            timer.answering();
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void answered(ChannelHandlerContext ctx, Answer answer, Throwable failure) {
        if (state != State.ANSWERING) {
            return; // the connection ended meanwhile
        }
        timer.answered();
        try {
            if (failure == null) {
                send(ctx, answer, false, State.BETWEEN);
            } else {
                fail(ctx, failure);
            }
            readOn(ctx);
        } catch (RuntimeException unsent) { // a stage keeps to itself what those who wait for it throw
            exceptionCaught(ctx, unsent);
        }
    }

    private void send(ChannelHandlerContext ctx, Answer answer, boolean close, State next) {
        Exchange sending = exchange; // the next one may begin before this one's answer has gone out
        boolean last = close || !sending.keepsAlive();
        FullHttpResponse response = sending.respond(answer, last);
        state = next;
        if (last) {
            closing();
        }
        ctx.writeAndFlush(response).addListener(sent -> {
            sending.end();
            timer.progress();
            if (last) {
                LingeringClose.begin(ctx.channel());
            }
        });
        if (state != State.CLOSING && !ctx.channel().isWritable()) {
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
            closing();
            LingeringClose.afterAnswers(ctx);
        }
    }

    private void closing() {
        state = State.CLOSING;
        timer.ending();
    }

    /** Ends the connection once the answers before have gone out; the client sends nothing that matters any more. */
    private void end(ChannelHandlerContext ctx) {
        closing();
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Takes up reading again, beginning with what has already arrived. */
    private void readOn(ChannelHandlerContext ctx) {
        boolean answersAreTaken = state == State.CLOSING || ctx.channel().isWritable();
        if (ctx.channel().config().isAutoRead() || state == State.ANSWERING || !answersAreTaken) {
            return;
        }
        timer.readingAgain(); // first: turning reading on takes what is already here, and may well turn it off again
        ctx.channel().config().setAutoRead(true);
        if (inputEnded) {
            inputEnds(ctx);
        }
    }

    /** The client sends no more; it may still wait for answers. */
    private void inputEnds(ChannelHandlerContext ctx) {
        inputEnded = true;
        if (ctx.channel().config().isAutoRead()) { // otherwise requests that have arrived still wait for their turn
            end(ctx);
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
            exchange = Exchange.withoutHead(ctx, connections, metrics);
        }
        breakOff(ctx, Problem.of(HttpResponseStatus.REQUEST_TIMEOUT, "the request did not arrive in time"));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.CLOSING;
        if (exchange != null) {
            exchange.end();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Turning reading on or off fails unchecked where the client has just gone.
        if (cause instanceof IOException || cause instanceof UncheckedIOException) {
            LOG.debug("connection lost: {}", cause.toString());
            LingeringClose.now(ctx.channel());
        } else {
            fail(ctx, cause);
        }
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        Scope scope = exchange == null ? Scope.NONE : exchange.enter();
        LOG.error("a request could not be answered; its connection is closed", cause);
        scope.close();
        breakOff(ctx, Problem.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the service failed; its log says why"));
    }
}
