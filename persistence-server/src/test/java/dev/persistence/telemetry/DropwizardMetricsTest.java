package dev.persistence.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DropwizardMetricsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T23:59:59Z"));
    private final DropwizardMetrics metrics =
            new DropwizardMetrics(new MetricRegistry(), List.of("alpha", "beta"), now::get);
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    @AfterEach
    void close() {
        metrics.close();
    }

    private Object bean(String type, String name, String attribute) throws Exception {
        return beans.getAttribute(new ObjectName("persistence:name=" + name + ",type=" + type), attribute);
    }

    @Test
    void jmx_hasTheDocumentedNames() throws Exception {
        metrics.answered("batch", 202, 1);
        metrics.gauge("ring.remaining", () -> 7);
        Set<String> names = beans.queryNames(new ObjectName("persistence:*"), null).stream()
                .map(name -> name.getKeyProperty("name"))
                .collect(Collectors.toSet());

        assertEquals(
                Set.of(
                        "http.requests.batch.202",
                        "http.response-time.batch",
                        "decode.time",
                        "decode.unknown-fields",
                        "records.accepted.alpha",
                        "records.written.alpha",
                        "records.refused.alpha",
                        "records.lost.alpha",
                        "records.dead-lettered.alpha",
                        "records.merged.alpha",
                        "records.unwritten.alpha",
                        "records.accepted.beta",
                        "records.written.beta",
                        "records.refused.beta",
                        "records.lost.beta",
                        "records.dead-lettered.beta",
                        "records.merged.beta",
                        "records.unwritten.beta",
                        "flush.count.count",
                        "flush.count.bytes",
                        "flush.count.age",
                        "flush.count.request",
                        "flush.count.full",
                        "flush.count.drain",
                        "flush.time",
                        "commit.time",
                        "flush.records",
                        "flush.rows",
                        "commit.retries",
                        "rows.written",
                        "ring.remaining"),
                names);
    }

    @Test
    void jmx_showsTheLedger() throws Exception {
        metrics.accepted(1, 10);
        metrics.written(1, 4);
        metrics.refused(1, 1, RefusalReason.CHECK);
        metrics.lost(1, 2, LossReason.CONNECTION);

        assertEquals(10L, bean("counters", "records.accepted.beta", "Count"));
        assertEquals(3L, bean("gauges", "records.unwritten.beta", "Value"));
        assertEquals(3, metrics.inMemory(1));
        assertEquals(3, metrics.failed(1));
        assertEquals(0, metrics.inMemory(0));
    }

    @Test
    void jmx_timesInMilliseconds() throws Exception {
        metrics.committed(5_000_000);

        assertEquals(5.0, bean("timers", "commit.time", "Max"));
        assertEquals("milliseconds", bean("timers", "commit.time", "DurationUnit"));
    }

    @Test
    void close_takesEverythingOutOfJmx() throws Exception {
        metrics.close();

        assertTrue(beans.queryNames(new ObjectName("persistence:*"), null).isEmpty());
    }

    @Test
    void flushesToday_beginAgainAtMidnight() {
        metrics.flushed(FlushReason.AGE, 1, 1, 1);
        metrics.flushed(FlushReason.AGE, 1, 1, 1);
        assertEquals(2, metrics.flushesToday());

        now.set(Instant.parse("2026-01-03T00:00:00Z"));
        assertEquals(0, metrics.flushesToday());
        metrics.flushed(FlushReason.AGE, 1, 1, 1);

        assertEquals(1, metrics.flushesToday());
        assertEquals(3, metrics.flushes());
    }

    @Test
    void averages_areOverAllFlushes() {
        assertEquals(0, metrics.averageBatchSize());
        assertEquals(0, metrics.averageFlushMillis());
        metrics.flushed(FlushReason.COUNT, 10, 8, 2_000_000);
        metrics.flushed(FlushReason.COUNT, 20, 0, 3_000_000);

        assertEquals(15, metrics.averageBatchSize());
        assertEquals(2.5, metrics.averageFlushMillis());
        assertEquals(8, metrics.rowsWritten());
    }

    @Test
    void lastFlush_isEmptyBeforeTheFirst() {
        assertFalse(metrics.lastFlush().isPresent());
        metrics.flushed(FlushReason.COUNT, 1, 1, 1);
        assertEquals(Optional.of(now.get()), metrics.lastFlush());
    }
}
