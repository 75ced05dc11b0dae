package dev.persistence.jmx;

import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.FlushReport;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.FlowStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Reads the flow, and marks flushes on the ring. Threads of JMX, which may wait. */
public final class ServiceBean implements ServiceMXBean {

    private final String version;
    private final RecordTypes types;
    private final RecordRing ring;
    private final ArrivalClock clock;
    private final FlowStatistics statistics;
    private final BooleanSupplier draining;
    private final Duration flushTimeout;
    private final long startNanos;

    /**
     * The bean of a service that starts.
     *
     * @param draining whether it is stopping; asked by any thread
     * @param flushTimeout how long {@link #flush} waits
     */
    public ServiceBean(
            String version,
            RecordTypes types,
            RecordRing ring,
            ArrivalClock clock,
            FlowStatistics statistics,
            BooleanSupplier draining,
            Duration flushTimeout) {
        this.version = version;
        this.types = types;
        this.ring = ring;
        this.clock = clock;
        this.statistics = statistics;
        this.draining = draining;
        this.flushTimeout = flushTimeout;
        this.startNanos = clock.nanos();
    }

    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public long getUptimeSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(clock.nanos() - startNanos);
    }

    @Override
    public boolean isDraining() {
        return draining.getAsBoolean();
    }

    @Override
    public long getUnwrittenRecords() {
        return statistics.inMemory();
    }

    @Override
    public long getUnwrittenBytes() {
        return ring.unwrittenBytes();
    }

    @Override
    public long getOldestUnwrittenMillis() {
        return ring.oldestUnwrittenMillis();
    }

    @Override
    public long getRecordsWritten() {
        return statistics.written();
    }

    @Override
    public long getRecordsRefused() {
        return statistics.refused();
    }

    @Override
    public Map<String, Long> getRecordsRefusedByReason() {
        return byLabel(statistics.refusedBy(), reason -> reason.label());
    }

    @Override
    public long getRecordsLost() {
        return statistics.lost();
    }

    @Override
    public Map<String, Long> getRecordsLostByReason() {
        return byLabel(statistics.lostBy(), reason -> reason.label());
    }

    @Override
    public String getLastFlush() {
        return statistics.lastFlush().map(Instant::toString).orElse("");
    }

    @Override
    public String flush() {
        FlushReport report = report();
        if (report.lost() > 0) {
            throw new IllegalStateException(report.lost()
                    + " records were lost with their batch: the database could not take it (" + words(report) + ")");
        }
        return "flushed: " + words(report);
    }

    private FlushReport report() {
        try {
            return ring.markFlush().report().get(flushTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("the flush did not end within " + flushTimeout.toMillis()
                    + " ms (service.flush-timeout); it goes on");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the flush went on");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("never completed with an exception", impossible);
        }
    }

    private String words(FlushReport report) {
        List<String> words = new ArrayList<>();
        types.forEach(type -> words.add(type.name() + " " + report.written().get(type.ordinal()) + " written"));
        words.add(report.refused() + " refused");
        words.add(TimeUnit.NANOSECONDS.toMillis(report.nanos()) + " ms");
        return String.join(", ", words);
    }

    private static <T> Map<String, Long> byLabel(Map<T, Long> counts, Function<T, String> label) {
        Map<String, Long> byLabel = new TreeMap<>();
        counts.forEach((reason, count) -> byLabel.put(label.apply(reason), count));
        return byLabel;
    }
}
