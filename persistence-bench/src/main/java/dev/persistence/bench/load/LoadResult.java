package dev.persistence.bench.load;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What came of a run.
 *
 * @param beginNanos {@link System#nanoTime} just before the first request was sent
 * @param endNanos the same, when the last answer had come
 * @param sentRequests how often a request was sent, repetitions included
 * @param acceptedRequests requests answered with 200 or 202
 * @param acceptedRecords their records
 * @param acceptedBytes their bodies
 * @param refusals answers other than these, by status
 * @param abandonedRequests requests that were refused and, because the run was over, not sent again
 * @param accepted response times of accepted requests: from when they were sent, in an open loop from when they were due
 * @param refused response times of refusals, counted alike
 * @param waits in an open loop, how long requests waited from when they were due until they were sent
 * @param slices the run in short stretches
 * @param failure what ended the run before its time, such as a lost connection: what was under way then is in no figure
 */
public record LoadResult(
        long beginNanos,
        long endNanos,
        long sentRequests,
        long acceptedRequests,
        long acceptedRecords,
        long acceptedBytes,
        SortedMap<Integer, Long> refusals,
        long abandonedRequests,
        ResponseTimes accepted,
        ResponseTimes refused,
        ResponseTimes waits,
        List<Slice> slices,
        Optional<String> failure) {

    public LoadResult {
        slices = List.copyOf(slices);
    }

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

    /** From the first request to the last answer. */
    public double seconds() {
        return (endNanos - beginNanos) / 1e9;
    }

    public double acceptedRecordsPerSecond() {
        return acceptedRecords / seconds();
    }

    /** Answers other than an acceptance. */
    public long refusedRequests() {
        return refusals.values().stream().mapToLong(Long::longValue).sum();
    }
}
