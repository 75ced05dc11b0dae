package dev.persistence.telemetry.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.persistence.telemetry.FlowStatistics;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RecentFailure;
import dev.persistence.telemetry.RefusalReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InstrumentsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T23:59:59Z"));
    private final Instruments metrics = new Instruments(new Registry(), List.of("alpha", "beta"), now::get);
    private final FlowStatistics totals = metrics.totals();

    @Test
    void recordsInMemory_areThoseNotSettled() {
        metrics.accepted(1, 10);
        metrics.written(1, 4);
        metrics.refused(1, 1, RefusalReason.CHECK);
        metrics.lost(1, 2, LossReason.CONNECTION);

        assertEquals(3, totals.inMemory(1));
        assertEquals(3, totals.failed(1));
        assertEquals(0, totals.inMemory(0));
        assertEquals(3, totals.inMemory());
    }

    @Test
    void reasons_areSummedOverAllTypes() {
        metrics.lost(0, 5, LossReason.NO_SPACE);
        metrics.lost(1, 2, LossReason.NO_SPACE);
        metrics.lost(1, 1, LossReason.SHUTDOWN);
        metrics.refused(0, 3, RefusalReason.NULL);

        assertEquals(7, totals.lostBy().get(LossReason.NO_SPACE));
        assertEquals(1, totals.lostBy().get(LossReason.SHUTDOWN));
        assertEquals(0, totals.lostBy().get(LossReason.CONFLICT));
        assertEquals(3, totals.refusedBy().get(RefusalReason.NULL));
        assertEquals(RefusalReason.values().length, totals.refusedBy().size());
        assertEquals(8, totals.lost());
        assertEquals(3, totals.refused());
    }

    @Test
    void recentFailures_areTheLastTenNewestFirst() {
        for (int n = 1; n <= 11; n++) {
            metrics.lost(0, n, LossReason.UNREACHABLE);
        }
        metrics.refused(1, 1, RefusalReason.TOO_LONG);

        List<RecentFailure> failures = totals.recentFailures();
        assertEquals(10, failures.size());
        assertEquals(new RecentFailure(now.get(), RecentFailure.Kind.REFUSED, 1, 1, "too_long"), failures.get(0));
        assertEquals(new RecentFailure(now.get(), RecentFailure.Kind.LOST, 0, 3, "unreachable"), failures.get(9));
    }

    @Test
    void flushTimes_fallIntoTheirBuckets() {
        metrics.flushed(FlushReason.AGE, 1, 1, 4_000_000);
        metrics.flushed(FlushReason.AGE, 1, 1, 5_000_000);
        metrics.flushed(FlushReason.FULL, 1, 1, 120_000_000_000L);

        List<Long> counts = totals.flushTimes().counts();
        int fiveMillis = totals.flushTimes().upperBoundsSeconds().indexOf(0.005);
        assertEquals(2, counts.get(fiveMillis));
        assertEquals(1, counts.get(counts.size() - 1));
        assertEquals(2, totals.flushesBy().get(FlushReason.AGE));
        assertEquals(0, totals.flushesBy().get(FlushReason.DRAIN));
    }

    @Test
    void flushesToday_beginAgainAtMidnight() {
        metrics.flushed(FlushReason.AGE, 1, 1, 1);
        metrics.flushed(FlushReason.AGE, 1, 1, 1);
        assertEquals(2, totals.flushesToday());

        now.set(Instant.parse("2026-01-03T00:00:00Z"));
        assertEquals(0, totals.flushesToday());
        metrics.flushed(FlushReason.AGE, 1, 1, 1);

        assertEquals(1, totals.flushesToday());
        assertEquals(3, totals.flushes());
    }

    @Test
    void averages_areOverAllFlushes() {
        assertEquals(0, totals.averageBatchSize());
        assertEquals(0, totals.averageFlushMillis());
        metrics.flushed(FlushReason.COUNT, 10, 8, 2_000_000);
        metrics.flushed(FlushReason.COUNT, 20, 0, 3_000_000);

        assertEquals(15, totals.averageBatchSize());
        assertEquals(2.5, totals.averageFlushMillis());
        assertEquals(8, totals.rowsWritten());
    }

    @Test
    void lastFlush_isEmptyBeforeTheFirst() {
        assertFalse(totals.lastFlush().isPresent());
        metrics.flushed(FlushReason.COUNT, 1, 1, 1);
        assertEquals(Optional.of(now.get()), totals.lastFlush());
    }
}
