package dev.persistence.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** All connections, how many requests are in progress on them, and whether they are to end. Any thread. */
final class Connections {

    /** The user event that tells every connection that the service is stopping. */
    static final Object DRAIN = new Object() {
        @Override
        public String toString() {
            return "DRAIN";
        }
    };

    private final int max;
    private final Set<Channel> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final CompletableFuture<Void> requestsEnded = new CompletableFuture<>();
    private volatile boolean draining; // set by the thread that stops the service

    Connections(int max) {
        this.max = max;
    }

    /** Whether one more connection is within the limit. It is closed with the others in any case. */
    boolean tryOpen(Channel channel) {
        all.add(channel);
        // Never over the limit, not even for a moment: somebody else's connection would be refused for it.
        boolean within = open.getAndUpdate(count -> Math.min(max, count + 1)) < max;
        channel.closeFuture().addListener(closed -> {
            all.remove(channel);
            if (within) {
                open.decrementAndGet();
            }
        });
        return within;
    }

    /** Connections that are open, those over the limit not counted. */
    int open() {
        return open.get();
    }

    int limit() {
        return max;
    }

    int requestsInProgress() {
        return requests.get();
    }

    void requestBegan() {
        requests.incrementAndGet();
    }

    void requestEnded() {
        if (requests.decrementAndGet() == 0 && draining) {
            requestsEnded.complete(null);
        }
    }

    boolean draining() {
        return draining;
    }

    void drain() {
        draining = true;
        if (requests.get() == 0) {
            requestsEnded.complete(null);
        }
        for (Channel channel : all) {
            channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(DRAIN));
        }
    }

    /**
     * Ends all connections, whatever is under way on them, and waits until they have given back their memory: event loops
     * that end before their connections do not give back what was not sent.
     */
    void close(Duration time) {
        List<ChannelFuture> closing = all.stream().map(Channel::close).toList();
        long deadline = System.nanoTime() + time.toNanos();
        for (ChannelFuture closed : closing) {
            closed.awaitUninterruptibly(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Waits, after {@link #drain}, for the requests in progress.
     *
     * @return how many are left
     */
    int awaitRequests(Duration time) throws InterruptedException {
        try {
            requestsEnded.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException timeIsOver) {
            return requests.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("never completed with an exception", impossible);
        }
        return 0;
    }
}
