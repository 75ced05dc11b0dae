package dev.persistence.fault;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One direction of one connection: keeps what comes in until the flow lets it out. Event loop. */
final class Lane extends ChannelInboundHandlerAdapter {

    private static final int MOST_KEPT = 1 << 20; // so much is under way where the latency is high
    private static final int MOST_KEPT_WHILE_STALLED = 1 << 16;
    private static final long TICK_NANOS = 5_000_000;

    private final Link link;
    private final Direction direction;
    private final Queue<Kept> kept = new ArrayDeque<>();
    private Channel from;
    private DuplexChannel to;
    private Flow flow;
    private long keptBytes;
    private long lastDue;
    private long allowanceFrom;
    private long forwarded;
    private boolean inputEnded;
    private boolean inputBroken;
    private boolean outputEnded;
    private Future<?> nextPump;
    private boolean pumping;
    private boolean pumpAgain;

    private record Kept(ByteBuf bytes, long due) {}

    Lane(Link link, Direction direction, Flow flow) {
        this.link = link;
        this.direction = direction;
        this.flow = flow;
    }

    void connect(Channel source, DuplexChannel target) {
        from = source;
        to = target;
        if (outputEnded) {
            halfClose(); // which was asked for before there was a connection
        }
        pump();
    }

    void flow(Flow changed) {
        flow = changed;
        allowanceFrom = System.nanoTime();
        pump();
    }

    long forwarded() {
        return forwarded;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        long jitter = flow.jitter().isZero()
                ? 0
                : ThreadLocalRandom.current().nextLong(flow.jitter().toNanos());
        lastDue = Math.max(lastDue, System.nanoTime() + flow.latency().toNanos() + jitter);
        kept.add(new Kept(bytes, lastDue));
        keptBytes += bytes.readableBytes();
        pump();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            pump();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inputEnded = true;
        pump();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        inputBroken = true;
        pump();
    }

    /** The channel that this lane reads from takes what the other lane writes to it. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        link.other(direction).pump();
    }

    /**
     * Lets out what may go out now, and asks for more. Writing may change how much the channel takes, which asks for this
     * again in the middle of it: then it goes on once more afterwards.
     */
    void pump() {
        pumpAgain = true;
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (pumpAgain) {
                pumpAgain = false;
                pumpOnce();
            }
        } finally {
            pumping = false;
        }
    }

    private void pumpOnce() {
        if (to == null || link.stalled()) {
            return;
        }
        if (outputEnded) {
            drop(); // what was read before the output was closed
        }
        if (!flow.stalled()) {
            letOut();
            to.flush();
            if (link.cutReached()) {
                link.cut();
                return;
            }
            passOnTheEnd();
        }
        if (!inputEnded && keptBytes < (flow.stalled() ? MOST_KEPT_WHILE_STALLED : MOST_KEPT)) {
            from.read();
        }
    }

    private void letOut() {
        for (Kept next = kept.peek(); next != null && to.isWritable(); next = kept.peek()) {
            long early = next.due() - System.nanoTime();
            int count = early > 0 ? 0 : allowance(next.bytes().readableBytes());
            if (count == 0) {
                pumpIn(Math.max(early, TICK_NANOS));
                return;
            }
            int passing = link.allow(direction, next.bytes(), count);
            to.write(next.bytes().readRetainedSlice(passing))
                    .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            forwarded += passing;
            keptBytes -= passing;
            if (!next.bytes().isReadable()) {
                kept.remove().bytes().release();
            }
            if (link.cutReached()) {
                return;
            }
        }
    }

    /** What the limit of bytes a second has saved up since it was last used, and at most what is wanted. */
    private int allowance(int wanted) {
        if (flow.bytesPerSecond() == 0) {
            return wanted;
        }
        long now = System.nanoTime();
        long saved = (now - allowanceFrom) * flow.bytesPerSecond() / TimeUnit.SECONDS.toNanos(1);
        if (saved == 0) {
            return 0;
        }
        allowanceFrom = now;
        return (int) Math.min(wanted, Math.min(saved, flow.bytesPerSecond() / 10 + 1)); // no bursts after a rest
    }

    private void passOnTheEnd() {
        if (inputBroken) {
            link.end(End.RESET);
        } else if (inputEnded && kept.isEmpty() && !outputEnded) {
            outputEnded = true;
            to.shutdownOutput().addListener(ended -> link.closeIfBothEnded());
        }
    }

    boolean ended() {
        return outputEnded;
    }

    /** A FIN to this lane's receiver, whatever the sender goes on sending. */
    void halfClose() {
        outputEnded = true;
        inputEnded = true; // nothing more is read: the receiver could not be sent it
        drop();
        if (to != null) {
            to.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private void pumpIn(long nanos) {
        if (nextPump == null) {
            nextPump = to.eventLoop().schedule(this::nextPump, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void nextPump() {
        nextPump = null;
        pump();
    }

    void drop() {
        kept.forEach(each -> each.bytes().release());
        kept.clear();
        keptBytes = 0;
    }
}
