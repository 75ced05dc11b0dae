package dev.persistence.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The running totals behind the endpoints that tell of the flow; readable from any thread. Types are ordinals. */
public interface FlowStatistics {

    /** Records accepted and neither written, refused nor lost yet. Never negative. */
    long inMemory(int type);

    long accepted(int type);

    long written(int type);

    /** Written records that shared the row of another record of their key. */
    long merged(int type);

    /** Records that the database refused one by one. */
    long refused(int type);

    /** Records given up with their batch. */
    long lost(int type);

    /** Lost or refused records that are kept in a dead-letter file. */
    long deadLettered(int type);

    /** Records of the type that will never be written: refused one by one, or lost with their batch. */
    long failed(int type);

    /** Records of all types that are in memory. */
    long inMemory();

    /** Records of all types whose row is committed. */
    long written();

    /** Records of all types that the database refused one by one. */
    long refused();

    /** Records of all types that were given up with their batch. */
    long lost();

    /** Refused records of all types by every reason, those without any included. */
    Map<RefusalReason, Long> refusedBy();

    /** Lost records of all types by every reason, those without any included. */
    Map<LossReason, Long> lostBy();

    /** The last records that were lost or refused, newest first, at most ten entries. */
    List<RecentFailure> recentFailures();

    long rowsWritten();

    /** Merged records of all types. */
    long merged();

    long flushes();

    /** Flushes by every reason, those without any included. */
    Map<FlushReason, Long> flushesBy();

    /** How long flushes took. */
    TimeBuckets flushTimes();

    /** Flushes since midnight UTC. */
    long flushesToday();

    double averageFlushMillis();

    /** Records a flush, on average. */
    double averageBatchSize();

    /** When the last flush ended; empty before the first. */
    Optional<Instant> lastFlush();
}
