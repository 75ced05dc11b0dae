package dev.persistence.http.body;

import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.ProblemType;
import dev.persistence.http.answer.Refused;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory of one body, and of all that are being received, over all connections. Any thread. */
public final class BodyBudget {

    /** A body of up to this many bytes may use what larger ones must leave: they cannot shut everybody out. */
    private static final long SMALL_BYTES = 256 * 1024;

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

    /** An eighth of the heap, and room for three of the largest requests where that is more. */
    public static BodyBudget forRequestsOf(int maxRequestBytes) {
        return new BodyBudget(
                maxRequestBytes,
                Math.max(3L * maxRequestBytes, Runtime.getRuntime().maxMemory() / 8));
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

    /** Memory that all bodies being received may take together. */
    public long limit() {
        return limit;
    }

    /** Reserves memory for a body of {@code capacity} bytes; large ones leave a quarter of the whole to small ones. */
    boolean tryReserve(long capacity) {
        long most = capacity <= SMALL_BYTES ? limit : limit - limit / 4;
        // Never over the limit, not even for a moment: somebody else's smaller body would be refused for it.
        long before = used.getAndUpdate(now -> now + capacity <= most ? now + capacity : now);
        return before + capacity <= most;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }
}
