package dev.persistence.telemetry.registry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Timer;
import dev.persistence.telemetry.FlowStatistics;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.telemetry.PoolMetrics;
import dev.persistence.telemetry.RecentFailures;
import dev.persistence.telemetry.RefusalReason;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts and times what the stations report, in the figures of a registry. */
public final class Instruments implements PipelineMetrics, PoolMetrics {

    private final InstantSource clock;
    private final List<RecordCounters> types;
    private final FlushFigures flushes;
    private final RouteFigures routes;
    private final RecentFailures failures = new RecentFailures();
    private final Timer decodeTime;
    private final Counter unknownFields;
    private final Timer acquireTime;
    private final Counter poolTimeouts;
    private final FlowTotals totals;

    /** Creates the figures of a service with the given record types, in the order of declaration. */
    public Instruments(Registry registry, List<String> typeNames, InstantSource clock) {
        this.clock = clock;
        this.types = typeNames.stream()
                .map(name -> new RecordCounters(registry, name))
                .toList();
        this.flushes = new FlushFigures(registry, clock);
        this.routes = new RouteFigures(registry);
        this.decodeTime = registry.times(Family.DECODE_TIME);
        this.unknownFields = registry.counter(Family.UNKNOWN_FIELDS);
        this.acquireTime = registry.times(Family.POOL_ACQUIRE_TIME);
        this.poolTimeouts = registry.counter(Family.POOL_TIMEOUTS);
        this.totals = new FlowTotals(types, flushes, failures);
    }

    /** What the figures add up to. */
    public FlowStatistics totals() {
        return totals;
    }

    @Override
    public void decoded(long nanos, int unknown) {
        decodeTime.update(nanos, TimeUnit.NANOSECONDS);
        unknownFields.inc(unknown);
    }

    @Override
    public void accepted(int type, int records) {
        types.get(type).accepted.inc(records);
    }

    @Override
    public void merged(int type, int records) {
        types.get(type).merged.inc(records);
    }

    @Override
    public void written(int type, int records) {
        types.get(type).written.inc(records);
    }

    @Override
    public void refused(int type, int records, RefusalReason reason) {
        types.get(type).refused(reason).inc(records);
        failures.refused(clock.instant(), type, records, reason);
    }

    @Override
    public void lost(int type, int records, LossReason reason) {
        types.get(type).lost(reason).inc(records);
        failures.lost(clock.instant(), type, records, reason);
    }

    @Override
    public void deadLettered(int type, int records) {
        types.get(type).deadLettered.inc(records);
    }

    @Override
    public void retried() {
        flushes.retries.inc();
    }

    @Override
    public void flushed(FlushReason reason, int records, int rows, long nanos) {
        flushes.flushed(reason, records, rows, nanos);
    }

    @Override
    public void flushFailed(LossReason reason) {
        flushes.failed(reason);
    }

    @Override
    public void committed(long nanos) {
        flushes.commitTime.update(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void answered(String route, int status, long nanos) {
        routes.answered(route, status, nanos);
    }

    @Override
    public void acquired(long nanos) {
        acquireTime.update(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void timedOut() {
        poolTimeouts.inc();
    }
}
