package dev.persistence.telemetry.registry;

import dev.persistence.telemetry.FlowStatistics;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RecentFailure;
import dev.persistence.telemetry.RecentFailures;
import dev.persistence.telemetry.RefusalReason;
import dev.persistence.telemetry.TimeBuckets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Reads the figures of the flow. */
final class FlowTotals implements FlowStatistics {

    private final List<RecordCounters> types;
    private final FlushFigures flushes;
    private final RecentFailures failures;

    FlowTotals(List<RecordCounters> types, FlushFigures flushes, RecentFailures failures) {
        this.types = types;
        this.flushes = flushes;
        this.failures = failures;
    }

    @Override
    public long inMemory(int type) {
        return types.get(type).inMemory();
    }

    @Override
    public long accepted(int type) {
        return types.get(type).accepted.getCount();
    }

    @Override
    public long written(int type) {
        return types.get(type).written.getCount();
    }

    @Override
    public long merged(int type) {
        return types.get(type).merged.getCount();
    }

    @Override
    public long refused(int type) {
        return types.get(type).refused();
    }

    @Override
    public long lost(int type) {
        return types.get(type).lost();
    }

    @Override
    public long deadLettered(int type) {
        return types.get(type).deadLettered.getCount();
    }

    @Override
    public long failed(int type) {
        return types.get(type).failed();
    }

    @Override
    public long inMemory() {
        return sum(RecordCounters::inMemory);
    }

    @Override
    public long written() {
        return sum(type -> type.written.getCount());
    }

    @Override
    public long lost() {
        return sum(RecordCounters::lost);
    }

    @Override
    public long refused() {
        return sum(RecordCounters::refused);
    }

    @Override
    public long merged() {
        return sum(type -> type.merged.getCount());
    }

    @Override
    public Map<RefusalReason, Long> refusedBy() {
        Map<RefusalReason, Long> counts = new EnumMap<>(RefusalReason.class);
        for (RefusalReason reason : RefusalReason.values()) {
            counts.put(reason, sum(type -> type.refused(reason).getCount()));
        }
        return counts;
    }

    @Override
    public Map<LossReason, Long> lostBy() {
        Map<LossReason, Long> counts = new EnumMap<>(LossReason.class);
        for (LossReason reason : LossReason.values()) {
            counts.put(reason, sum(type -> type.lost(reason).getCount()));
        }
        return counts;
    }

    @Override
    public List<RecentFailure> recentFailures() {
        return failures.newestFirst();
    }

    @Override
    public long rowsWritten() {
        return flushes.rows.getCount();
    }

    @Override
    public long flushes() {
        return flushes.totals().count();
    }

    @Override
    public Map<FlushReason, Long> flushesBy() {
        return flushes.byReason();
    }

    @Override
    public TimeBuckets flushTimes() {
        return flushes.times();
    }

    @Override
    public long flushesToday() {
        return flushes.today();
    }

    @Override
    public double averageFlushMillis() {
        FlushTotals now = flushes.totals();
        return now.count() == 0 ? 0 : now.nanos() / 1e6 / now.count();
    }

    @Override
    public double averageBatchSize() {
        FlushTotals now = flushes.totals();
        return now.count() == 0 ? 0 : (double) now.records() / now.count();
    }

    @Override
    public Optional<Instant> lastFlush() {
        return Optional.ofNullable(flushes.totals().last());
    }

    private long sum(ToLongFunction<RecordCounters> count) {
        return types.stream().mapToLong(count).sum();
    }
}
