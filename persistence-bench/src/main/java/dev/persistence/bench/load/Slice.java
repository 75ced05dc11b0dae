package dev.persistence.bench.load;

/**
 * What was answered in a short stretch of the run.
 *
 * @param endNanos its end, since the begin of the run; it begins where the one before ends
 * @param acceptedRecords records of the requests accepted in it
 * @param refusedRequests requests refused in it
 */
public record Slice(long endNanos, long acceptedRecords, long refusedRequests) {

    /** How long a slice is meant to be. */
    public static final long NANOS = 100_000_000;
}
