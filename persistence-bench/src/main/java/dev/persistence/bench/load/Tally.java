package dev.persistence.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts what a run sends and gets. Used by the event loop alone. */
final class Tally {

    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final Histogram accepted = new Histogram(LONGEST_MICROS, DIGITS);
    private final Histogram refused = new Histogram(LONGEST_MICROS, DIGITS);
    private final Histogram waits = new Histogram(LONGEST_MICROS, DIGITS);
    private final SortedMap<Integer, Long> refusals = new TreeMap<>();
    private final List<LoadResult.Slice> slices = new ArrayList<>();

    // Times are nanoseconds since the begin of the run.
    private long lastAnswer;
    private long sentRequests;
    private long sentRecords;
    private long acceptedRecords;
    private long acceptedBytes;
    private long refusedRequests;
    private long abandoned;
    private long slicedRecords; // what earlier slices hold
    private long slicedRefusals;

    /** A new request is sent, that many nanoseconds after it was due. */
    void begun(int records, long waited) {
        sentRecords += records;
        waits.recordValue(micros(waited));
    }

    void sent() {
        sentRequests++;
    }

    void accepted(int records, int bytes, long nanos, long now) {
        lastAnswer = now;
        acceptedRecords += records;
        acceptedBytes += bytes;
        accepted.recordValue(micros(nanos));
    }

    void refused(int status, long nanos, long now) {
        lastAnswer = now;
        refusedRequests++;
        refusals.merge(status, 1L, Long::sum);
        refused.recordValue(micros(nanos));
    }

    void abandoned() {
        abandoned++;
    }

    long sentRecords() {
        return sentRecords;
    }

    LoadListener.Progress slice(long now) {
        slices.add(new LoadResult.Slice(now, acceptedRecords - slicedRecords, refusedRequests - slicedRefusals));
        slicedRecords = acceptedRecords;
        slicedRefusals = refusedRequests;
        return new LoadListener.Progress(now, acceptedRecords, refusedRequests);
    }

    LoadResult result(long begin, boolean openLoop, Optional<String> failure) {
        return new LoadResult(
                begin,
                begin + lastAnswer,
                sentRequests,
                accepted.getTotalCount(),
                acceptedRecords,
                acceptedBytes,
                Collections.unmodifiableSortedMap(new TreeMap<>(refusals)),
                abandoned,
                ResponseTimes.of(accepted),
                ResponseTimes.of(refused),
                openLoop ? ResponseTimes.of(waits) : ResponseTimes.of(new Histogram(DIGITS)),
                slices,
                failure);
    }

    private static long micros(long nanos) {
        return Math.min(LONGEST_MICROS, Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }
}
