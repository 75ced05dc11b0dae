package dev.persistence.http;

import dev.persistence.telemetry.FlowStatistics;
import java.time.Instant;
import java.util.Optional;

/** Totals that are easily told apart. */
final class FixedStatistics implements FlowStatistics {

    @Override
    public long inMemory(int type) {
        return 10L + type;
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
