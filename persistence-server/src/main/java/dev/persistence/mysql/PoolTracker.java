package dev.persistence.mysql;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.PoolStats;
import dev.persistence.telemetry.PoolMetrics;

/** Hands on what a pool tells of itself. Any thread. */
final class PoolTracker implements IMetricsTracker {

    private final PoolMetrics metrics;

    private PoolTracker(PoolMetrics metrics) {
        this.metrics = metrics;
    }

    /** For the configuration of a pool. */
    static MetricsTrackerFactory reportingTo(PoolMetrics metrics) {
        return (String pool, PoolStats stats) -> new PoolTracker(metrics);
    }

    @Override
    public void recordConnectionAcquiredNanos(long nanos) {
        metrics.acquired(nanos);
    }

    @Override
    public void recordConnectionTimeout() {
        metrics.timedOut();
    }
}
