package dev.persistence.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory of all bodies that are being received, over all connections. Any thread. */
final class BodyBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** An eighth of the heap, and room for four of the largest requests where that is more. */
    static BodyBudget forRequestsOf(int maxRequestBytes) {
        return new BodyBudget(
                Math.max(4L * maxRequestBytes, Runtime.getRuntime().maxMemory() / 8));
    }

    boolean tryReserve(long bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
