package dev.persistence.fallback;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The pauses between attempts: each is a random part of a limit that doubles from 100 ms to 5 s. That is the "full
 * jitter" of Marc Brooker, "Exponential Backoff and Jitter" (AWS Architecture Blog, 2015): of the ways compared there, it
 * makes several instances that lost the same database come back with the least work for it. Our limits: a restart of a
 * second or two is noticed at once, and a database that is away for long is not asked more often than every few seconds.
 */
class Pauses {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final CountDownLatch ended = new CountDownLatch(1);

    /** A random pause after so many attempts. */
    Duration afterAttempts(int attempts) {
        return Duration.ofNanos(
                ThreadLocalRandom.current().nextLong(limit(attempts).toNanos() + 1));
    }

    /** The longest pause after so many attempts, from 1. */
    static Duration limit(int attempts) {
        int doublings = Math.min(attempts - 1, 10);
        Duration doubled = FIRST.multipliedBy(1L << doublings);
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    /** Waits; returns whether {@link #end} was called, before or meanwhile. Consumer thread. */
    boolean pause(Duration length) throws InterruptedException {
        return ended.await(length.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether {@link #end} was called. */
    boolean ended() {
        return ended.getCount() == 0;
    }

    /** Ends the pause in progress, and all later ones. Any thread. */
    void end() {
        ended.countDown();
    }
}
