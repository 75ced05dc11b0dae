package dev.persistence.http.body;

import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.ProblemType;
import dev.persistence.http.answer.Refused;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory of one body, and of all that are being received, over all connections. Any thread. */
public final class BodyBudget {

    private final int maxRequestBytes;
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /**
     * Nothing is received yet.
     *
     * @param maxRequestBytes bound of one body
     * @param limit bound of all together
     */
    public BodyBudget(int maxRequestBytes, long limit) {
        this.maxRequestBytes = maxRequestBytes;
        this.limit = limit;
    }

    /** An eighth of the heap, and room for four of the largest requests where that is more. */
    public static BodyBudget forRequestsOf(int maxRequestBytes) {
        return new BodyBudget(
                maxRequestBytes,
                Math.max(4L * maxRequestBytes, Runtime.getRuntime().maxMemory() / 8));
    }

    /** Bytes that one body may have. */
    public int maxRequestBytes() {
        return maxRequestBytes;
    }

    /** Bytes of an unwanted body that are read and dropped, so that the connection can go on behind it. */
    public long mostDropped() {
        return 2L * maxRequestBytes;
    }

    /** Why a body of more than {@link #maxRequestBytes} is not taken. */
    public Refused tooLarge() {
        return Refused.with(Problem.of(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                ProblemType.BODY_TOO_LARGE,
                "the body has more than " + maxRequestBytes + " bytes (service.max-request-bytes)"));
    }

    /** Memory of all bodies that are being received. */
    public long used() {
        return used.get();
    }

    boolean tryReserve(long bytes) {
        // Never over the limit, not even for a moment: somebody else's smaller body would be refused for it.
        long before = used.getAndUpdate(now -> now + bytes <= limit ? now + bytes : now);
        return before + bytes <= limit;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }
}
