package dev.persistence.ring;

import static dev.persistence.ring.TestRecord.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordRingTest {

    private static final int SIZE = 8;
    private static final long BUDGET = 4096;

    private final TestClock time = new TestClock();
    private final ArrivalClock clock = time.arrivals();
    private final RecordRing ring =
            new RecordRing(SIZE, BUDGET, 2, TestRecord.ORDERS.columns().size(), Duration.ofMillis(1), clock);
    private final RecordRing.Consumer consumer = ring.consumer();

    @Test
    void published_reachesTheConsumerInOrder() throws InterruptedException {
        TestRecord.publish(ring, clock, order("x"), order("y"));

        assertEquals(1, consumer.await(0));
        assertEquals("x", TestRecord.value(consumer.slot(0), 0));
        assertEquals("y", TestRecord.value(consumer.slot(1), 0));
    }

    @Test
    void nothingPublished_timesOut() throws InterruptedException {
        assertEquals(-1, consumer.await(0));
    }

    @Test
    void claimedNotPublished_isNotSeen() throws InterruptedException {
        ring.tryClaim(1, 0);

        assertEquals(-1, consumer.await(0));
    }

    @Test
    void publishedBehindAGap_waitsForTheGap() throws InterruptedException {
        List<TestRecord> record = List.of(order("x"));
        long slow = TestRecord.claim(ring, record);
        TestRecord.publish(ring, clock, order("y"));
        assertEquals(-1, consumer.await(0));

        TestRecord.fillAndPublish(ring, clock, slow, record);

        assertEquals(1, consumer.await(0));
    }

    @Test
    void alert_doesNotHideWhatIsPublished() throws InterruptedException {
        TestRecord.publish(ring, clock, order("x"), order("y"));
        ring.wakeConsumer();

        assertEquals(1, consumer.await(0));
    }

    @Test
    void ringFullBySlots_reservesNothing() {
        TestRecord.publish(ring, clock, order("1"), order("2"), order("3"), order("4"), order("5"), order("6"));

        assertEquals(RecordRing.FULL, ring.tryClaim(3, 30));

        assertEquals(6, ring.unwrittenBytes());
        assertEquals(2, ring.remaining());
        assertNotEquals(RecordRing.FULL, ring.tryClaim(2, 30));
        assertEquals(0, ring.remaining());
    }

    @Test
    void ringFullByBytes_reservesNothing() {
        ring.tryClaim(1, BUDGET - 10);

        assertEquals(RecordRing.FULL, ring.tryClaim(1, 11));

        assertEquals(BUDGET - 10, ring.unwrittenBytes());
        assertEquals(SIZE - 1, ring.remaining());
        assertNotEquals(RecordRing.FULL, ring.tryClaim(1, 10));
    }

    @Test
    void full_tellsTheConsumer() {
        ring.tryClaim(SIZE, 0);

        ring.tryClaim(1, 0);

        assertTrue(consumer.lacksRoom());
    }

    @Test
    void full_isForgottenWhenSlotsAreFreed() {
        TestRecord.publish(ring, clock, order("x"));
        ring.tryClaim(SIZE, 0);
        assertTrue(consumer.lacksRoom());

        consumer.settle(0);

        assertFalse(consumer.lacksRoom());
    }

    @Test
    void requestLargerThanTheRing_isRefusedAndAsksForNoFlush() {
        assertEquals(RecordRing.FULL, ring.tryClaim(SIZE + 1, 0));
        assertFalse(consumer.lacksRoom());
        assertEquals(SIZE, ring.remaining());
    }

    @Test
    void requestLargerThanTheBudget_isRefusedAndAsksForNoFlush() {
        assertEquals(RecordRing.FULL, ring.tryClaim(1, BUDGET + 1));
        assertFalse(consumer.lacksRoom());
        assertEquals(0, ring.unwrittenBytes());
    }

    @Test
    void requestWithoutRecords_isAMistakeOfTheCaller() {
        assertThrows(IllegalArgumentException.class, () -> ring.tryClaim(0, 10));
        assertEquals(0, ring.unwrittenBytes());
    }

    @Test
    void settle_givesSlotsAndBudgetBack() {
        TestRecord.publish(ring, clock, order("x").with("b", "12345"), order("y"));
        assertEquals(7, ring.unwrittenBytes());

        consumer.settle(0);
        assertEquals(1, ring.unwrittenBytes());
        assertEquals(SIZE - 1, ring.remaining());

        consumer.settle(1);
        assertEquals(0, ring.unwrittenBytes());
        assertEquals(SIZE, ring.remaining());
    }

    @Test
    void discard_publishesVoidSlotsAndGivesTheBudgetBack() throws InterruptedException {
        long first = ring.tryClaim(3, 100);
        order("x").fill(ring.claimed(first, clock.nanos()));

        ring.discard(first, first + 2, 100);
        TestRecord.publish(ring, clock, order("y"));

        assertEquals(3, consumer.await(0));
        for (long sequence = 0; sequence < 3; sequence++) {
            assertTrue(consumer.slot(sequence).isVoid());
        }
        assertFalse(consumer.slot(3).isVoid());
        assertEquals(1, ring.unwrittenBytes());
        consumer.settle(3);
        assertEquals(0, ring.unwrittenBytes());
    }

    @Test
    void oldestUnwritten_isItsAgeUntilSettled() {
        TestRecord.publish(ring, clock, order("x"));
        consumer.oldestUnwritten(consumer.slot(0).arrivalNanos());
        time.advance(Duration.ofMillis(1500));
        assertEquals(1500, ring.oldestUnwrittenMillis());

        consumer.settle(0);

        assertEquals(0, ring.oldestUnwrittenMillis());
    }

    @Test
    void oldestUnwritten_isKnownThoughTheClockShowedZero() {
        TestClock zero = new TestClock();
        ArrivalClock age = new ArrivalClock(zero::instant, () -> 7_000_000);
        RecordRing other = new RecordRing(SIZE, BUDGET, 2, 6, Duration.ofMillis(1), age);

        other.consumer().oldestUnwritten(0);

        assertEquals(7, other.oldestUnwrittenMillis());
    }

    @Test
    void flushMark_namesTheLastClaimed() {
        assertEquals(-1, ring.markFlush().last());
        ring.tryClaim(3, 0);
        assertEquals(2, ring.markFlush().last());
    }

    @Test
    void mark_wakesTheConsumerAndComesOnce() throws InterruptedException {
        Mark.Written mark = ring.markWritten(0, 4);

        consumer.await(0);

        assertSame(mark, consumer.nextMark());
        assertNull(consumer.nextMark());
    }

    /** The consumer waits far longer than the test may take, so that only an alert can end its waiting. */
    @Test
    void marksFromManyThreads_noneIsMissed() throws Exception {
        RecordRing patient = new RecordRing(SIZE, BUDGET, 2, 6, Duration.ofHours(1), clock);
        RecordRing.Consumer end = patient.consumer();
        int threads = 4;
        int each = 20_000;
        ExecutorService producers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(producers.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        patient.markFlush();
                    }
                }));
            }
            int taken = 0;
            while (taken < threads * each) {
                end.await(0);
                while (end.nextMark() != null) {
                    taken++;
                }
            }
            for (Future<?> one : running) {
                one.get();
            }
            assertNull(end.nextMark());
        } finally {
            producers.shutdownNow();
        }
    }

    /** One mark at a time, each waited for: a lost alert would stop this for good. */
    @Test
    void markAfterMark_eachIsHeard() throws Exception {
        RecordRing patient = new RecordRing(SIZE, BUDGET, 2, 6, Duration.ofHours(1), clock);
        RecordRing.Consumer end = patient.consumer();
        int marks = 20_000;
        ExecutorService producer = Executors.newSingleThreadExecutor();
        try {
            Future<?> asking = producer.submit(() -> {
                for (int n = 0; n < marks; n++) {
                    patient.markFlush().report().join();
                }
            });
            for (int heard = 0; heard < marks; ) {
                end.await(0);
                for (Mark mark = end.nextMark(); mark != null; mark = end.nextMark()) {
                    mark.complete(clock.nanos());
                    heard++;
                }
            }
            asking.get();
        } finally {
            producer.shutdownNow();
        }
    }

    @Test
    void manyProducers_everyRecordArrivesOnceAndAllIsFreeAtTheEnd() throws Exception {
        int threads = 4;
        int each = 5_000;
        ExecutorService producers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String name = "p" + i;
                running.add(producers.submit(() -> produce(name, each)));
            }
            long all = (long) threads * each;
            long[] next = new long[threads];
            for (long last = -1; last < all - 1; ) {
                long available = consumer.await(last + 1);
                for (long sequence = last + 1; sequence <= available; sequence++) {
                    RecordSlot slot = consumer.slot(sequence);
                    assertEquals(sequence, slot.sequence());
                    int producer = TestRecord.value(slot, 0).charAt(1) - '0';
                    assertEquals(next[producer]++, Long.parseLong(TestRecord.value(slot, 2)));
                }
                last = Math.max(last, available);
                consumer.settle(last);
                assertTrue(ring.remaining() >= 0);
            }
            for (Future<?> one : running) {
                one.get(10, TimeUnit.SECONDS);
            }
        } finally {
            producers.shutdownNow();
        }
        assertEquals(0, ring.unwrittenBytes());
        assertEquals(SIZE, ring.remaining());
    }

    private void produce(String name, int records) {
        for (int n = 0; n < records; ) {
            if (TestRecord.publish(ring, clock, order(name).with("b", Integer.toString(n))) == RecordRing.FULL) {
                Thread.onSpinWait();
            } else {
                n++;
            }
            assertTrue(ring.unwrittenBytes() <= BUDGET);
        }
    }

    @Test
    void arrivalClock_neverGoesBack() {
        time.advance(Duration.ofSeconds(1));
        long before = clock.micros();

        time.advance(Duration.ofSeconds(-10));

        assertEquals(before, clock.micros());
    }
}
