package dev.persistence.http;

import dev.persistence.telemetry.FlowStatistics;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RecentFailure;
import dev.persistence.telemetry.RefusalReason;
import dev.persistence.telemetry.TimeBuckets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Totals that are easily told apart. */
final class FixedStatistics implements FlowStatistics {

    @Override
    public long inMemory(int type) {
        return 10L + type;
    }

    @Override
    public long accepted(int type) {
        return 50L + type;
    }

    @Override
    public long merged(int type) {
        return 60L + type;
    }

    @Override
    public long refused(int type) {
        return 70L + type;
    }

    @Override
    public long lost(int type) {
        return 80L + type;
    }

    @Override
    public long deadLettered(int type) {
        return 90L + type;
    }

    @Override
    public long inMemory() {
        return 100;
    }

    @Override
    public long refused() {
        return 101;
    }

    @Override
    public long written() {
        return 103;
    }

    @Override
    public long lost() {
        return 102;
    }

    @Override
    public Map<RefusalReason, Long> refusedBy() {
        return Map.of(RefusalReason.CHECK, 46L);
    }

    @Override
    public Map<LossReason, Long> lostBy() {
        return Map.of(LossReason.CONNECTION, 47L);
    }

    @Override
    public List<RecentFailure> recentFailures() {
        return List.of(new RecentFailure(
                Instant.parse("2026-01-02T03:04:06Z"), RecentFailure.Kind.LOST, 0, 48, LossReason.CONNECTION.label()));
    }

    @Override
    public Map<FlushReason, Long> flushesBy() {
        return Map.of(FlushReason.AGE, 49L);
    }

    @Override
    public TimeBuckets flushTimes() {
        return new TimeBuckets(List.of(0.01, Double.POSITIVE_INFINITY), List.of(3L, 1L));
    }

    @Override
    public long written(int type) {
        return 20L + type;
    }

    @Override
    public long failed(int type) {
        return 30L + type;
    }

    @Override
    public long rowsWritten() {
        return 40;
    }

    @Override
    public long merged() {
        return 41;
    }

    @Override
    public long flushes() {
        return 42;
    }

    @Override
    public long flushesToday() {
        return 43;
    }

    @Override
    public double averageFlushMillis() {
        return 4.4444;
    }

    @Override
    public double averageBatchSize() {
        return 45;
    }

    @Override
    public Optional<Instant> lastFlush() {
        return Optional.of(Instant.parse("2026-01-02T03:04:05Z"));
    }
}
