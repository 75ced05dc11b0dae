package dev.persistence.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.Refusal;
import dev.persistence.ring.TestRecord;
import dev.persistence.telemetry.DropwizardMetrics;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RefusalReason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void randomFailuresUnderLoad_neverUpsetTheSum() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(PRODUCERS + 1);
        try (DropwizardMetrics metrics =
                new DropwizardMetrics(registry, TestRecord.TYPES.names(), InstantSource.system())) {
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
                producing.add(pool.submit(() -> produce(new Random(seed), metrics)));
            }
            while (!producing.stream().allMatch(Future::isDone)) {
                for (int type = 0; type < 2; type++) {
                    sample(metrics, type);
                }
            }
            for (Future<?> one : producing) {
                one.get();
            }
            consumer.drain();
            consuming.get();
            assertBalanced(metrics);
        } finally {
            pool.shutdownNow();
        }
    }

    private void sample(DropwizardMetrics metrics, int type) {
        String name = TestRecord.TYPES.get(type).name();
        long acceptedBefore = count("accepted", name);
        long settled = count("written", name) + count("refused", name) + count("lost", name);
        long acceptedAfter = count("accepted", name);
        assertTrue(settled <= acceptedAfter, "more settled than accepted");
        assertTrue(acceptedBefore - settled <= RING, "more in memory than the ring holds");
        assertTrue(metrics.inMemory(type) >= 0);
        assertTrue(
                ((Number) registry.getGauges().get("records.unwritten." + name).getValue()).longValue() >= 0);
    }

    private void assertBalanced(DropwizardMetrics metrics) {
        long written = 0;
        for (int type = 0; type < 2; type++) {
            String name = TestRecord.TYPES.get(type).name();
            assertEquals(
                    count("accepted", name), count("written", name) + count("refused", name) + count("lost", name));
            assertEquals(0, metrics.inMemory(type));
            assertTrue(count("written", name) > 0 && count("refused", name) > 0 && count("lost", name) > 0);
            written += count("written", name);
        }
        assertEquals(written, metrics.rowsWritten() + metrics.merged());
        assertEquals(0, ring.unwrittenBytes());
        assertEquals(RING, ring.remaining());
    }

    private long count(String what, String type) {
        return registry.counter("records." + what + "." + type).getCount();
    }

    private void produce(Random random, DropwizardMetrics metrics) {
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
