package dev.persistence.telemetry;

import java.time.Instant;
import java.util.Optional;

/** The running totals behind {@code GET /stats} and {@code GET /health}; readable from any thread. */
public interface FlowStatistics {

    /** Records accepted and neither written, refused nor lost yet. Never negative. */
    long inMemory(int type);

    long written(int type);

    /** Records of the type that will never be written: refused one by one, or lost with their batch. */
    long failed(int type);

    long rowsWritten();

    long merged();

    long flushes();

    /** Flushes since midnight UTC. */
    long flushesToday();

    double averageFlushMillis();

    /** Records a flush, on average. */
    double averageBatchSize();

    /** When the last flush ended; empty before the first. */
    Optional<Instant> lastFlush();
}
