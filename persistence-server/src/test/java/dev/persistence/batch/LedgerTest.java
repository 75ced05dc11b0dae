package dev.persistence.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.Refusal;
import dev.persistence.ring.TestRecord;
import dev.persistence.telemetry.FlowStatistics;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RefusalReason;
import dev.persistence.telemetry.registry.Instruments;
import dev.persistence.telemetry.registry.Registry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** accepted = written + refused + lost + in memory, whatever the store does. */
@Timeout(60)
class LedgerTest {

    private static final int RING = 256;
    private static final int PRODUCERS = 3;
    private static final int REQUESTS = 2_000;

    private final ArrivalClock clock = ArrivalClock.system();
    private final RecordRing ring = new RecordRing(RING, 1 << 20, 2, 6, Duration.ofMillis(1), clock);
    private final Instruments metrics =
            new Instruments(new Registry(), TestRecord.TYPES.names(), InstantSource.system());
    private final FlowStatistics totals = metrics.totals();

    @Test
    void randomFailuresUnderLoad_neverUpsetTheSum() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(PRODUCERS + 1);
        try {
            BatchConsumer consumer = new BatchConsumer(
                    ring,
                    TestRecord.TYPES,
                    new UnreliableStore(),
                    new BufferSettings(50, Duration.ofMillis(5), RING, 1 << 20),
                    clock,
                    metrics);
            Future<?> consuming = pool.submit(consumer);
            List<Future<?>> producing = new ArrayList<>();
            for (int n = 0; n < PRODUCERS; n++) {
                long seed = n;
                producing.add(pool.submit(() -> produce(new Random(seed))));
            }
            while (!producing.stream().allMatch(Future::isDone)) {
                for (int type = 0; type < 2; type++) {
                    sample(type);
                }
            }
            for (Future<?> one : producing) {
                one.get();
            }
            consumer.drain();
            consuming.get();
            assertBalanced();
        } finally {
            pool.shutdownNow();
        }
    }

    private void sample(int type) {
        long acceptedBefore = totals.accepted(type);
        long settled = settled(type);
        long acceptedAfter = totals.accepted(type);
        assertTrue(settled <= acceptedAfter, "more settled than accepted");
        assertTrue(acceptedBefore - settled <= RING, "more in memory than the ring holds");
        assertTrue(totals.inMemory(type) >= 0);
    }

    private long settled(int type) {
        return totals.written(type) + totals.refused(type) + totals.lost(type);
    }

    private void assertBalanced() {
        long written = 0;
        for (int type = 0; type < 2; type++) {
            assertEquals(totals.accepted(type), settled(type));
            assertEquals(0, totals.inMemory(type));
            assertTrue(totals.written(type) > 0 && totals.refused(type) > 0 && totals.lost(type) > 0);
            written += totals.written(type);
        }
        assertEquals(written, totals.rowsWritten() + totals.merged());
        assertEquals(totals.lost(), sum(totals.lostBy()));
        assertEquals(totals.refused(), sum(totals.refusedBy()));
        assertEquals(0, ring.unwrittenBytes());
        assertEquals(RING, ring.remaining());
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void produce(Random random) {
        for (int request = 0; request < REQUESTS; ) {
            int type = random.nextInt(2);
            List<TestRecord> records = new ArrayList<>();
            for (int n = random.nextInt(20); n >= 0; n--) {
                records.add(TestRecord.of(TestRecord.TYPES.get(type), Integer.toString(random.nextInt(10))));
            }
            long first = TestRecord.claim(ring, records);
            if (first == RecordRing.FULL) {
                Thread.onSpinWait();
            } else if (random.nextInt(20) == 0) {
                ring.discard(
                        first,
                        first + records.size() - 1,
                        records.stream().mapToLong(TestRecord::bytes).sum());
                request++;
            } else {
                metrics.accepted(type, records.size());
                TestRecord.fillAndPublish(ring, clock, first, records);
                request++;
            }
        }
    }

    private static final class UnreliableStore implements RecordStore {
        private final Random random = new Random(42);

        @Override
        public WriteOutcome write(RecordBatch batch) {
            return switch (random.nextInt(6)) {
                case 0 -> new WriteOutcome.Lost("as if the database were away", LossReason.UNREACHABLE);
                case 1 -> throw new IllegalStateException("as if there were a mistake");
                case 2 -> new WriteOutcome.Committed(refusals(batch));
                default -> new WriteOutcome.Committed(List.of());
            };
        }

        private List<Refusal> refusals(RecordBatch batch) {
            List<Refusal> refusals = new ArrayList<>();
            for (RowGroup group : batch.groups()) {
                for (Row row : group.rows()) {
                    for (RecordSlot record : row.records()) {
                        if (random.nextInt(10) == 0) {
                            refusals.add(new Refusal(record.sequence(), "as if", RefusalReason.CHECK));
                        }
                    }
                }
            }
            return refusals;
        }

        @Override
        public long statementBytes() {
            return 100;
        }
    }
}
