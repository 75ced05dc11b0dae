package dev.persistence.http.body;

import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.ProblemType;
import dev.persistence.http.answer.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * The body of one request while it arrives. What arrives is copied: a client that sends single bytes would otherwise
 * pin a whole read buffer with each. Owned by the connection's event loop; {@link #release} must be called.
 */
public final class RequestBody {

    private static final int FIRST_BYTES = 64 * 1024;

    private final ByteBufAllocator allocator;
    private final BodyBudget budget;
    private final long declaredBytes;

    // Owned by the connection's event loop.
    private ByteBuf collected = Unpooled.EMPTY_BUFFER;

    /**
     * An empty body, which holds no memory yet.
     *
     * @param declaredBytes the Content-Length, or -1 where there is none
     */
    public RequestBody(ByteBufAllocator allocator, BodyBudget budget, long declaredBytes) {
        this.allocator = allocator;
        this.budget = budget;
        this.declaredBytes = declaredBytes;
    }

    /**
     * Copies a piece.
     *
     * @throws Refused if the body grows too large, or all bodies together do
     */
    public void add(ByteBuf content) throws Refused {
        int more = content.readableBytes();
        if (more == 0) {
            return;
        }
        long size = (long) collected.readableBytes() + more;
        if (size > budget.maxRequestBytes()) {
            throw budget.tooLarge();
        }
        if (size > collected.capacity()) {
            growTo((int) size);
        }
        collected.writeBytes(content, content.readerIndex(), more);
    }

    private void growTo(int size) throws Refused {
        int maxBytes = budget.maxRequestBytes();
        long ceiling = declaredBytes < 0 ? maxBytes : Math.min(maxBytes, declaredBytes);
        long wanted = Math.max(FIRST_BYTES, 2L * collected.capacity());
        int capacity = (int) Math.max(size, Math.min(ceiling, wanted));
        int before = collected.capacity();
        if (!budget.tryReserve(capacity)) { // as a whole: while it is copied, the old one is there too
            throw Refused.with(Problem.unavailable(
                    ProblemType.BUFFER_FULL, "too many bodies are being received at a time; nothing was taken"));
        }
        if (before == 0) {
            collected = allocator.heapBuffer(capacity, maxBytes);
        } else {
            collected.capacity(capacity);
        }
        budget.release(before);
    }

    /** What was collected, with an array behind it. */
    public ByteBuf collected() {
        return collected;
    }

    /** Gives back what was collected. Calling it again does nothing. */
    public void release() {
        budget.release(collected.capacity());
        collected.release();
        collected = Unpooled.EMPTY_BUFFER;
    }
}
