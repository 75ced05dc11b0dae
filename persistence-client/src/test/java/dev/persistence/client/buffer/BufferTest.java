package dev.persistence.client.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.client.measure.DropReason;
import dev.persistence.client.measure.Statistics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BufferTest {

    private final AtomicLong ticks = new AtomicLong();
    private final Buffer buffer = new Buffer(new Bounds(3, Duration.ofSeconds(1), 5, 100), ticks::get);

    private void offer(String type, String... records) {
        for (String record : records) {
            buffer.offer(type, record.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> texts(Batch batch) {
        return batch.records().stream()
                .map(record -> new String(record, StandardCharsets.UTF_8))
                .toList();
    }

    private void assertSums() {
        Statistics now = buffer.statistics();
        assertEquals(now.accepted(), now.sent() + now.droppedInAll() + now.waiting(), now::toString);
    }

    @Test
    void fewYoungRecords_wait() {
        offer("tasks", "a", "b");

        assertNull(buffer.take());
        assertEquals(2, buffer.statistics().waiting());
    }

    @Test
    void enoughRecords_areDueAtOnce() {
        offer("tasks", "a", "b", "c");

        assertEquals(List.of("a", "b", "c"), texts(buffer.take()));
    }

    @Test
    void oldRecord_isDueAndAllWithIt() {
        offer("tasks", "a");
        ticks.addAndGet(TimeUnit.SECONDS.toNanos(1));
        offer("tasks", "b");

        assertEquals(List.of("a", "b"), texts(buffer.take()));
    }

    @Test
    void types_leaveInTheOrderOfTheirOldestRecords_thoughNoneIsDueByItself() {
        offer("tasks", "t1");
        offer("sessions", "s1");
        offer("tasks", "t2");

        Batch first = buffer.take();
        buffer.settle(first, Outcome.sent(first));
        Batch second = buffer.take();

        assertEquals(List.of("t1", "t2"), texts(first));
        assertEquals("sessions", second.type());
        buffer.settle(second, Outcome.sent(second));
        offer("tasks", "t3");
        assertNull(buffer.take(), "what came afterwards waits for its own turn");
        assertSums();
    }

    @Test
    void batch_hasAMegabyteOrOneLargeRecord() {
        Buffer large = new Buffer(new Bounds(1, Duration.ofSeconds(1), 5000, 1L << 30), ticks::get);
        large.offer("tasks", new byte[2 << 20]);
        large.offer("tasks", new byte[600 << 10]);
        large.offer("tasks", new byte[600 << 10]);

        for (int batch = 0; batch < 3; batch++) {
            Batch next = large.take();
            assertEquals(1, next.size());
            large.settle(next, Outcome.sent(next));
        }
    }

    @Test
    void batch_hasAThousandRecords() {
        Buffer large = new Buffer(new Bounds(1, Duration.ofSeconds(1), 5000, 1L << 30), ticks::get);
        for (int count = 0; count < 1500; count++) {
            large.offer("tasks", new byte[1]);
        }

        Batch first = large.take();
        large.settle(first, Outcome.sent(first));

        assertEquals(1000, first.size());
        assertEquals(500, large.take().size());
    }

    @Test
    void tooManyRecords_dropTheOldest() {
        offer("tasks", "t1");
        offer("sessions", "s1", "s2", "s3", "s4", "s5");

        assertEquals(List.of("s1", "s2", "s3", "s4", "s5"), texts(buffer.take()));
        assertEquals(Map.of(DropReason.OVERFLOW, 1L), buffer.statistics().dropped());
        assertEquals("tasks", buffer.takeChanges().drops().get(0).type());
        assertSums();
    }

    @Test
    void tooManyBytes_dropTheOldest() {
        offer("tasks", "a".repeat(60), "b".repeat(30), "c".repeat(50), "d");

        assertEquals(List.of("b".repeat(30), "c".repeat(50), "d"), texts(buffer.take()));
        assertEquals(1, buffer.statistics().dropped(DropReason.OVERFLOW));
        assertSums();
    }

    @Test
    void recordLargerThanTheBuffer_isDroppedAlone() {
        offer("tasks", "a", "b".repeat(101));

        assertEquals(1, buffer.statistics().waiting());
        assertEquals(1, buffer.statistics().dropped(DropReason.TOO_LARGE));
        assertSums();
    }

    @Test
    void closedBuffer_takesNothingAndGivesOutWhatWaits() {
        offer("tasks", "a");
        buffer.close();
        offer("tasks", "b");

        assertEquals(List.of("a"), texts(buffer.take()));
        assertEquals(1, buffer.statistics().dropped(DropReason.CLOSED));
        assertSums();
    }

    @Test
    void mark_isSettledWhenEverythingBeforeItIs() throws Exception {
        offer("tasks", "a");
        long mark = buffer.sendNow();
        assertFalse(buffer.awaitSettled(mark, Duration.ZERO), "it waits");
        Batch batch = buffer.take();
        offer("tasks", "b");
        assertFalse(buffer.awaitSettled(mark, Duration.ZERO), "it is under way");
        CompletableFuture<Boolean> waiter = CompletableFuture.supplyAsync(() -> {
            try {
                return buffer.awaitSettled(mark, Duration.ofSeconds(30));
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });

        buffer.settle(batch, Outcome.dropped(new Drop("tasks", 1, DropReason.TIMED_OUT, "late")));

        assertTrue(waiter.get(30, TimeUnit.SECONDS));
        assertEquals(1, buffer.statistics().waiting());
        assertSums();
    }

    @Test
    void sender_isWokenByWhatIsDueAndByWhatIsToBeReported() throws Exception {
        for (Runnable cause : List.<Runnable>of(
                () -> offer("tasks", "a", "b", "c"),
                () -> buffer.refuse("tasks", DropReason.INVALID, "no JSON"),
                buffer::close)) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    buffer.awaitWork(TimeUnit.SECONDS.toNanos(60));
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            });

            cause.run();

            sender.get(30, TimeUnit.SECONDS);
            Batch batch = buffer.take();
            if (batch != null) {
                buffer.settle(batch, Outcome.sent(batch));
            }
            buffer.takeChanges();
        }
    }

    @Test
    void typesWithoutEnd_areReportedUnderOneName() {
        for (int count = 0; count < 500; count++) {
            buffer.refuse("type-" + count, DropReason.INVALID, "no JSON");
        }

        Changes changes = buffer.takeChanges();

        assertTrue(changes.drops().size() <= 101, () -> changes.drops().size() + " kinds");
        assertEquals(500, changes.drops().stream().mapToLong(Drop::records).sum());
        assertEquals(
                500,
                changes.accepted().values().stream().mapToLong(Long::longValue).sum());
    }
}
