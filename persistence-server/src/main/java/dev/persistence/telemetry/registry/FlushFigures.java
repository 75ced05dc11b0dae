package dev.persistence.telemetry.registry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Timer;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.TimeBuckets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Flushes, their reasons, sizes and times. */
final class FlushFigures {

    final Timer commitTime;
    final Counter retries;
    final Counter rows;
    private final InstantSource clock;
    private final Map<FlushReason, Counter> byReason = new EnumMap<>(FlushReason.class);
    private final Map<LossReason, Counter> failed = new EnumMap<>(LossReason.class);
    private final Timer time;
    private final Histogram records;
    private final Histogram rowsOfOne;
    private final AtomicReference<FlushTotals> totals = new AtomicReference<>(FlushTotals.NONE);

    FlushFigures(Registry registry, InstantSource clock) {
        this.clock = clock;
        for (FlushReason reason : FlushReason.values()) {
            byReason.put(reason, registry.counter(Family.FLUSHES, reason.label()));
        }
        for (LossReason reason : LossReason.values()) {
            failed.put(reason, registry.counter(Family.FLUSHES_FAILED, reason.label()));
        }
        time = registry.times(Family.FLUSH_TIME);
        records = registry.counts(Family.FLUSH_RECORDS);
        rowsOfOne = registry.counts(Family.FLUSH_ROWS);
        commitTime = registry.times(Family.COMMIT_TIME);
        retries = registry.counter(Family.TRANSACTION_RETRIES);
        rows = registry.counter(Family.ROWS_WRITTEN);
        registry.gauge(Family.LAST_FLUSH, this::lastSeconds);
    }

    void flushed(FlushReason reason, int recordsTaken, int rowsWritten, long nanos) {
        byReason.get(reason).inc();
        time.update(nanos, TimeUnit.NANOSECONDS);
        records.update(recordsTaken);
        rowsOfOne.update(rowsWritten);
        rows.inc(rowsWritten);
        Instant now = clock.instant();
        totals.updateAndGet(before -> before.plus(recordsTaken, nanos, now));
    }

    void failed(LossReason reason) {
        failed.get(reason).inc();
    }

    FlushTotals totals() {
        return totals.get();
    }

    long today() {
        return totals.get().on(clock.instant());
    }

    Map<FlushReason, Long> byReason() {
        Map<FlushReason, Long> counts = new EnumMap<>(FlushReason.class);
        byReason.forEach((reason, counter) -> counts.put(reason, counter.getCount()));
        return counts;
    }

    TimeBuckets times() {
        BucketSnapshot snapshot = (BucketSnapshot) time.getSnapshot();
        return new TimeBuckets(
                snapshot.bounds(), Arrays.stream(snapshot.counts()).boxed().toList());
    }

    private double lastSeconds() {
        Instant last = totals.get().last();
        return last == null ? 0 : last.toEpochMilli() / 1e3;
    }
}
