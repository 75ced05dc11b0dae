package dev.persistence.ring;

import java.util.function.LongSupplier;

/**
 * Remembers the smallest request for which the ring had no room, until slots are freed again. Meanwhile a request whose
 * body is no smaller can be refused before it is received and decoded, which is most of the work of a refusal. The size
 * of the body stands for the room it needs, which is known only once it is decoded: a large body with few records may be
 * refused although it had fitted, but never for longer than until the next slots are freed, and a smaller request is
 * always tried.
 *
 * <p>What is remembered holds for one state of the ring, named by the sequence up to which slots were free before the
 * claim was tried. A ring without room is never empty, and its consumer flushes at once when room is lacking; so slots
 * are freed soon, and then it is forgotten without anybody having to clear it. Any thread.
 */
public final class Shortage {

    /**
     * A request that found no room.
     *
     * @param state what {@link #state} was before it tried
     */
    private record Refused(long state, long bodyBytes, int records, long bytes) {}

    private final LongSupplier freedUpTo;
    private volatile Refused smallest = new Refused(Long.MIN_VALUE, 0, 0, 0);

    Shortage(LongSupplier freedUpTo) {
        this.freedUpTo = freedUpTo;
    }

    /** Names the state of the ring; to be asked before a claim is tried. */
    public long state() {
        return freedUpTo.getAsLong();
    }

    /**
     * There was no room.
     *
     * @param state the one before the claim was tried
     * @param bodyBytes of the request, unpacked
     */
    public void remember(long state, long bodyBytes, int records, long bytes) {
        Refused known = smallest;
        if (known.state() != state || bodyBytes < known.bodyBytes()) {
            // Two threads may overtake each other here: then some request is decoded that need not have been.
            smallest = new Refused(state, bodyBytes, records, bytes);
        }
    }

    /** Whether a request with a body of so many bytes, or more to come, need not be tried now. */
    public boolean covers(long bodyBytes) {
        Refused known = smallest;
        return bodyBytes >= known.bodyBytes() && known.state() == state();
    }

    /** Records of the request that is remembered. */
    int records() {
        return smallest.records();
    }

    /** Bytes of values of the request that is remembered. */
    long bytes() {
        return smallest.bytes();
    }
}
