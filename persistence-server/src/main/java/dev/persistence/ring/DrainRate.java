package dev.persistence.ring;

/**
 * How fast the ring empties, so that whoever finds no room can be told when to come again. The consumer thread measures,
 * a flush at a time; any thread asks. Only the time of flushes counts: a consumer that waits for records is not slow.
 */
final class DrainRate {

    /** Nobody is sent away for longer: by then much may have changed. */
    static final int LONGEST_SECONDS = 60;

    /** How much flushing is remembered: a few flushes of a fast database, the last one of a slow one. */
    private static final double MEMORY_NANOS = 2e9;

    /** In place of a beginning: no flush is in progress. */
    private static final long NONE = Long.MIN_VALUE;

    /** What was measured so far; all zero before the first flush. */
    private record Pace(double recordsPerNano, double bytesPerNano, long flushNanos) {}

    // Owned by the consumer thread: sums in which what is older counts less.
    private double records;
    private double bytes;
    private double nanos;

    private volatile Pace pace = new Pace(0, 0, 0); // written by the consumer thread
    private volatile long flushSince = NONE; // written by the consumer thread

    /** A flush begins. Consumer thread. */
    void flushBegins(long nowNanos) {
        flushSince = nowNanos;
    }

    /** Slots and bytes are free again; what no flush freed says nothing about the pace. Consumer thread. */
    void freed(long freedRecords, long freedBytes, long nowNanos) {
        long since = flushSince;
        if (since == NONE) {
            return;
        }
        long took = Math.max(1, nowNanos - since);
        double kept = Math.exp(-took / MEMORY_NANOS);
        records = records * kept + freedRecords;
        bytes = bytes * kept + freedBytes;
        nanos = nanos * kept + took;
        pace = new Pace(records / nanos, bytes / nanos, took);
        flushSince = NONE;
    }

    /**
     * Whole seconds until so much more should be free: at the measured pace, and not before the flush in progress ends,
     * because it frees everything at once. One that takes longer than the last did is expected to take as long again;
     * so a database that is away sends clients away for longer and longer.
     *
     * @return 1 to {@link #LONGEST_SECONDS}; 1 where nothing was measured yet
     */
    int secondsUntilFreed(long moreRecords, long moreBytes, long nowNanos) {
        Pace measured = pace;
        double wait = Math.max(
                nanosFor(moreRecords, measured.recordsPerNano()), nanosFor(moreBytes, measured.bytesPerNano()));
        wait = Math.max(wait, nanosToTheEnd(measured.flushNanos(), nowNanos));
        return (int) Math.max(1, Math.min(LONGEST_SECONDS, Math.ceil(wait / 1e9)));
    }

    private double nanosToTheEnd(long flushNanos, long nowNanos) {
        long since = flushSince;
        if (since == NONE) {
            return 0;
        }
        long elapsed = Math.max(0, nowNanos - since);
        return (double) (elapsed < flushNanos ? flushNanos - elapsed : elapsed);
    }

    private static double nanosFor(long amount, double perNano) {
        return amount <= 0 || perNano == 0 ? 0 : amount / perNano;
    }
}
