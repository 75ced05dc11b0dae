package dev.persistence.batch;

import static dev.persistence.ring.TestRecord.event;
import static dev.persistence.ring.TestRecord.order;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.FlushReport;
import dev.persistence.ring.Mark;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.Refusal;
import dev.persistence.ring.TestClock;
import dev.persistence.ring.TestRecord;
import dev.persistence.ring.WrittenReport;
import dev.persistence.telemetry.FlowStatistics;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RefusalReason;
import dev.persistence.telemetry.registry.Instruments;
import dev.persistence.telemetry.registry.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchConsumerTest {

    private static final int THRESHOLD = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int RING = 16_384;

    private final TestClock time = new TestClock();
    private final ArrivalClock clock = time.arrivals();
    private final FakeStore store = new FakeStore();
    private final Instruments instruments = new Instruments(new Registry(), TestRecord.TYPES.names(), time::instant);
    private final FlowStatistics metrics = instruments.totals();

    private RecordRing ring;
    private BatchConsumer consumer;
    private Thread thread;

    private void start(int ringSize) {
        BufferSettings settings = new BufferSettings(THRESHOLD, INTERVAL, ringSize, 1 << 20);
        ring = new RecordRing(ringSize, 1 << 20, 2, 6, Duration.ofMillis(1), clock);
        consumer = new BatchConsumer(ring, TestRecord.TYPES, store, settings, clock, instruments);
        thread = new Thread(consumer, "batch-writer");
        thread.start();
    }

    @AfterEach
    void drain() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            store.letOneThrough();
        }
        consumer.drain();
        thread.join();
        assertEquals(ring.size(), ring.remaining());
        assertEquals(0, ring.unwrittenBytes());
    }

    private List<String> orders(int count) {
        return publish(records(count));
    }

    private List<String> publish(List<TestRecord> records) {
        assertTrue(TestRecord.publish(ring, clock, records) >= 0);
        return keys(records.size());
    }

    private static List<TestRecord> records(int count) {
        return keys(count).stream().map(TestRecord::order).toList();
    }

    private static List<String> keys(int count) {
        List<String> keys = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            keys.add(Integer.toString(n));
        }
        return keys;
    }

    private void awaitBatches(int count) {
        await().until(() -> metrics.flushes() == count && store.batches.size() == count);
    }

    /** Two turns of the loop later: whatever was due has been begun. */
    private void awaitTurns() {
        for (int i = 0; i < 2; i++) {
            ring.markWritten(0, -1).report().join();
        }
    }

    private long flushes(FlushReason reason) {
        return metrics.flushesBy().get(reason);
    }

    @Test
    void oneTypeAtTheThreshold_isWritten() {
        start(RING);
        List<String> keys = orders(THRESHOLD);

        awaitBatches(1);

        assertEquals(List.of(keys), store.batches);
        assertEquals(1, flushes(FlushReason.COUNT));
    }

    @Test
    void sumOfTypesOverTheThreshold_waits() {
        start(RING);
        orders(THRESHOLD - 1);
        for (int n = 0; n < THRESHOLD - 1; n++) {
            TestRecord.publish(ring, clock, event(n));
        }

        awaitTurns();

        assertEquals(List.of(), store.batches);
    }

    @Test
    void bytesOfOneStatement_areWritten() {
        start(RING);
        TestRecord.publish(ring, clock, order("k").with("b", "x".repeat((int) FakeStore.STATEMENT_BYTES - 1)));

        awaitBatches(1);

        assertEquals(1, flushes(FlushReason.BYTES));
    }

    @Test
    void ageOfTheOldest_isWritten() {
        start(RING);
        orders(1);
        time.advance(INTERVAL.minusMillis(1));
        orders(1);
        awaitTurns();
        assertEquals(List.of(), store.batches);

        time.advance(Duration.ofMillis(1));

        awaitBatches(1);
        assertEquals(1, flushes(FlushReason.AGE));
    }

    @Test
    void flushMark_writesWhatIsThere() {
        start(RING);
        TestRecord.publish(ring, clock, order("k"), order("k"), event(1));

        FlushReport report = ring.markFlush().report().join();

        assertEquals(List.of(2L, 1L), report.written());
        assertEquals(0, report.refused() + report.lost());
        assertEquals(1, flushes(FlushReason.REQUEST));
        assertEquals(2, metrics.rowsWritten());
        assertEquals(1, metrics.merged());
    }

    @Test
    void flushMarkWithNothingBuffered_answersZerosAtOnce() {
        start(RING);

        assertEquals(List.of(0L, 0L), ring.markFlush().report().join().written());
        assertEquals(List.of(), store.batches);
    }

    @Test
    void writtenMark_isWrittenAtOnceWithWhatArrivedBefore() {
        start(RING);
        orders(2);
        long first = TestRecord.claim(ring, records(3));
        Mark.Written mark = ring.markWritten(first, first + 2);
        TestRecord.fillAndPublish(ring, clock, first, records(3));

        assertEquals(new WrittenReport(2, 3, List.of(), 0), mark.report().join());
        assertEquals(5, store.batches.get(0).size());
    }

    @Test
    void ringFull_isWrittenBelowTheThresholds() {
        start(4);
        orders(4);
        assertEquals(RecordRing.FULL, TestRecord.publish(ring, clock, order("late")));

        awaitBatches(1);

        assertEquals(1, flushes(FlushReason.FULL));
        await().until(() -> ring.remaining() == 4);
    }

    @Test
    void refusalBeforeTheRecordsAreGathered_isRemembered() {
        start(4);
        List<TestRecord> four = records(4);
        long first = TestRecord.claim(ring, four);
        assertEquals(RecordRing.FULL, TestRecord.publish(ring, clock, order("late")));
        awaitTurns();

        TestRecord.fillAndPublish(ring, clock, first, four);

        await().until(() -> metrics.written(0) == 4); // in one batch or more: a request is published slot by slot
    }

    @Test
    void drain_writesTheRestAndEnds() throws InterruptedException {
        start(RING);
        orders(3);
        consumer.drain();
        thread.join();

        assertEquals(List.of(keys(3)), store.batches);
        assertEquals(1, flushes(FlushReason.DRAIN));
    }

    @Test
    void drain_waitsForTheWriteInProgressAndCompletesMarks() throws InterruptedException {
        start(RING);
        store.closeGate();
        orders(THRESHOLD);
        store.awaitWrite();
        orders(1);
        Mark.Flush mark = ring.markFlush();
        consumer.drain();
        assertTrue(thread.isAlive());
        assertFalse(mark.report().isDone());

        store.letOneThrough();
        store.letOneThrough();
        thread.join();

        assertEquals(List.of(THRESHOLD + 1L, 0L), mark.report().join().written());
    }

    @Test
    void arrivedDuringAFlush_isInTheNext() {
        start(RING);
        store.closeGate();
        orders(THRESHOLD);
        store.awaitWrite();
        orders(THRESHOLD + 2);

        store.letOneThrough();
        store.awaitWrite();
        store.letOneThrough();

        awaitBatches(2);
        assertEquals(List.of(keys(THRESHOLD), keys(THRESHOLD + 2)), store.batches);
    }

    @Test
    void moreThanTheLargestBatch_isWrittenInSeveral() {
        start(RING);
        store.closeGate();
        orders(THRESHOLD);
        store.awaitWrite();
        orders(5_500);
        for (int batch = 0; batch < 3; batch++) {
            store.letOneThrough();
        }

        awaitBatches(3);
        assertEquals(5_000, store.batches.get(1).size());
        assertEquals(500, store.batches.get(2).size());
    }

    @Test
    void slots_areFreeOnlyAfterTheStoreReturned() {
        start(RING);
        store.closeGate();
        orders(THRESHOLD);
        store.awaitWrite();
        assertEquals(RING - THRESHOLD, ring.remaining());
        assertEquals(THRESHOLD, ring.unwrittenBytes());

        store.letOneThrough();

        await().until(() -> ring.remaining() == RING);
    }

    @Test
    void storeThatThrows_losesThatBatchOnly() {
        start(RING);
        store.answers.add(batch -> {
            throw new IllegalStateException("broken");
        });
        orders(THRESHOLD);
        awaitBatches(1);
        orders(THRESHOLD);
        awaitBatches(2);

        assertEquals(THRESHOLD, metrics.failed(0));
        assertEquals(THRESHOLD, metrics.written(0));
    }

    @Test
    void storeThatRunsOutOfMemory_losesThatBatchOnly() {
        start(RING);
        store.answers.add(batch -> {
            throw new OutOfMemoryError("as if");
        });
        orders(THRESHOLD);
        awaitBatches(1);
        orders(THRESHOLD);
        awaitBatches(2);

        assertEquals(THRESHOLD, metrics.failed(0));
        assertEquals(THRESHOLD, metrics.written(0));
    }

    @Test
    void marksOfALostBatch_hearIt() {
        start(RING);
        store.closeGate();
        store.answers.add(batch -> new WriteOutcome.Lost("no database", LossReason.UNREACHABLE));
        long first = TestRecord.claim(ring, records(2));
        Mark.Written written = ring.markWritten(first, first + 1);
        TestRecord.fillAndPublish(ring, clock, first, records(2));
        store.awaitWrite();
        Mark.Flush flush = ring.markFlush();

        store.letOneThrough();

        assertEquals(new WrittenReport(0, 0, List.of(), 2), written.report().join());
        assertEquals(2, flush.report().join().lost());
    }

    @Test
    void refusals_areNamedToTheirOwnRequestOnly() {
        start(RING);
        store.closeGate();
        orders(THRESHOLD);
        store.awaitWrite();
        Refusal other = new Refusal(THRESHOLD, "other", RefusalReason.CHECK);
        Refusal own = new Refusal(THRESHOLD + 3, "own", RefusalReason.CHECK);
        store.answers.add(batch -> new WriteOutcome.Committed(List.of()));
        store.answers.add(batch -> new WriteOutcome.Committed(List.of(other, own)));
        orders(2);
        long first = TestRecord.claim(ring, records(2));
        Mark.Written mark = ring.markWritten(first, first + 1);
        TestRecord.fillAndPublish(ring, clock, first, records(2));

        store.letOneThrough();
        store.letOneThrough();

        assertEquals(
                new WrittenReport(THRESHOLD + 2, 1, List.of(own), 0),
                mark.report().join());
        assertEquals(2, metrics.failed(0));
    }

    @Test
    void marksOutOfOrder_areAllCompleted() {
        start(RING);
        long first = TestRecord.claim(ring, records(6));
        List<CompletableFuture<WrittenReport>> reports = new ArrayList<>();
        for (int n = 5; n >= 0; n--) {
            reports.add(ring.markWritten(first + n, first + n).report());
        }
        TestRecord.fillAndPublish(ring, clock, first, records(6));

        for (CompletableFuture<WrittenReport> report : reports) {
            assertEquals(1, report.join().written());
        }
    }

    @Test
    void flushMarkBehindAnUnpublishedRecord_waitsForIt() {
        start(RING);
        orders(1);
        List<TestRecord> slow = records(1);
        long first = TestRecord.claim(ring, slow);
        Mark.Flush mark = ring.markFlush();
        awaitTurns();
        assertFalse(mark.report().isDone());

        TestRecord.fillAndPublish(ring, clock, first, slow);

        assertEquals(List.of(2L, 0L), mark.report().join().written());
    }

    @Test
    void voidSlotsAlone_areFreedWithoutAFlush() {
        start(RING);
        long first = ring.tryClaim(3, 50);
        ring.discard(first, first + 2, 50);

        await().until(() -> ring.remaining() == RING);

        assertEquals(0, metrics.flushes());
    }

    @Test
    void voidSlotsAmongRecords_areSkipped() {
        start(RING);
        orders(1);
        long first = ring.tryClaim(3, 50);
        ring.discard(first, first + 2, 50);
        orders(1);

        assertEquals(List.of(2L, 0L), ring.markFlush().report().join().written());
    }

    @Test
    void oldestUnwritten_growsUntilItIsWritten() {
        start(RING);
        orders(1);
        awaitTurns();
        time.advance(Duration.ofMillis(1_200));
        assertEquals(1_200, ring.oldestUnwrittenMillis());

        ring.markFlush().report().join();

        assertEquals(0, ring.oldestUnwrittenMillis());
    }

    @Test
    void interrupt_doesNotEndTheLoop() throws Exception {
        start(RING);
        thread.interrupt();
        orders(1);

        assertEquals(
                List.of(1L, 0L),
                ring.markFlush().report().get(10, TimeUnit.SECONDS).written());
    }
}
