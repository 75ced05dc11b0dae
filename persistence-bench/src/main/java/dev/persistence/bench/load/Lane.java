package dev.persistence.bench.load;

import dev.persistence.bench.workload.Request;
import dev.persistence.bench.workload.Workload;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * One lane and its connection: sends a request when it is due and the one before is answered. All of it belongs to the
 * event loop.
 */
final class Lane extends SimpleChannelInboundHandler<HttpObject> {

    private enum State {
        /** Nothing is under way; the next request may be waiting for its time. */
        IDLE,
        /** A request has been sent. */
        SENT,
        /** A request was refused and waits to be sent again. */
        PAUSED,
        ENDED
    }

    private final Run run;
    private final Workload workload;
    private final int number;
    private final Channel channel;
    private final RequestHead head;
    private final Timetable timetable;

    private State state = State.IDLE;
    private Request request; // the one under way; beforehand the first one, which says how far lanes are apart
    private long countedFrom; // from when the response time counts
    private long sentAt;
    private int status; // of the answer that is arriving

    Lane(Run run, Workload workload, int number, Channel channel, RequestHead head) {
        this.run = run;
        this.workload = workload;
        this.number = number;
        this.channel = channel;
        this.head = head;
        this.timetable = new Timetable(run.options().recordsPerSecond());
    }

    void begin() {
        request = workload.next(number);
        if (request == null) {
            run.exhausted();
            end();
            return;
        }
        timetable.delay((long) number * request.records()); // the lanes take turns
        awaitDue();
    }

    /** For how long a sent request has been waiting for its answer. */
    long silent(long now) {
        return state == State.SENT ? now - sentAt : 0;
    }

    private void awaitDue() {
        long now = run.now();
        long due = timetable.due(now);
        if (run.over(due)) {
            end();
        } else if (due > now) {
            run.later(this::sendDue, due - now);
        } else {
            sendDue();
        }
    }

    private void sendDue() {
        long now = run.now();
        countedFrom = timetable.due(now);
        if (run.over(countedFrom)) {
            end();
            return;
        }
        request = request == null ? workload.next(number) : request;
        if (request == null) {
            run.exhausted();
            end();
            return;
        }
        timetable.taken(request.records(), run.lanesWithRequests());
        run.tally().begun(request.records(), now - countedFrom);
        send(now);
    }

    private void send(long now) {
        state = State.SENT;
        sentAt = now;
        run.tally().sent();
        channel.writeAndFlush(head.message(request, channel.alloc())).addListener(written -> {
            if (!written.isSuccess()) {
                lost(written.cause());
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            lost(part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpResponse response) {
            status = response.status().code();
        }
        if (part instanceof LastHttpContent && status != HttpResponseStatus.CONTINUE.code()) {
            answered();
        }
    }

    private void answered() {
        if (state != State.SENT) {
            run.fail("connection " + number + ": an answer (" + status + ") to no request");
            return;
        }
        long now = run.now();
        if (status == HttpResponseStatus.ACCEPTED.code() || status == HttpResponseStatus.OK.code()) {
            run.tally().accepted(request.records(), request.body().length, now - countedFrom, now);
            next();
            return;
        }
        run.tally().refused(status, now - countedFrom, now);
        boolean full = status == HttpResponseStatus.SERVICE_UNAVAILABLE.code();
        if (full && run.options().recordsPerSecond().isEmpty()) {
            state = State.PAUSED;
            run.later(this::sendAgain, run.options().retryPause().toNanos());
        } else {
            next();
        }
    }

    private void next() {
        state = State.IDLE;
        request = null; // the next one is taken when it is due, so that none is taken in vain
        awaitDue();
    }

    private void sendAgain() {
        long now = run.now();
        if (state == State.ENDED) {
            return;
        }
        if (run.timeIsOver(now)) {
            run.tally().abandoned();
            end();
            return;
        }
        countedFrom = now;
        send(now);
    }

    private void end() {
        if (state != State.ENDED) {
            state = State.ENDED;
            run.ended();
        }
    }

    private void lost(Throwable cause) {
        if (state != State.ENDED) {
            run.fail("connection " + number + ": " + cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (state != State.ENDED) {
            run.fail("connection " + number + ": closed by the service " + when());
        }
    }

    private String when() {
        return switch (state) {
            case SENT -> "before it had answered";
            case PAUSED -> "after a refusal (" + status + ")";
            default -> "between two requests";
        };
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lost(cause);
    }
}
