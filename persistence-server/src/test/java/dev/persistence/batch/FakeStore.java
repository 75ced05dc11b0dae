package dev.persistence.batch;

import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.TestRecord;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Remembers the keys of every batch, in ring order, and answers what it is told to; a closed gate holds it. */
final class FakeStore implements RecordStore {

    static final long STATEMENT_BYTES = 100_000;

    final List<List<String>> batches = new CopyOnWriteArrayList<>();
    final Queue<Function<RecordBatch, WriteOutcome>> answers = new ConcurrentLinkedQueue<>();
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
    private final Semaphore entered = new Semaphore(0);

    /** Every write from now on waits for {@link #letOneThrough}. */
    void closeGate() {
        gate.drainPermits();
    }

    void letOneThrough() {
        gate.release();
    }

    /** Waits until one more write has begun. */
    void awaitWrite() {
        entered.acquireUninterruptibly();
    }

    @Override
    public WriteOutcome write(RecordBatch batch) {
        List<String> keys = batch.groups().stream()
                .flatMap(group -> group.rows().stream())
                .flatMap(row -> row.records().stream())
                .sorted((one, other) -> Long.compare(one.sequence(), other.sequence()))
                .map(FakeStore::key)
                .toList();
        batches.add(keys);
        entered.release();
        gate.acquireUninterruptibly();
        Function<RecordBatch, WriteOutcome> answer = answers.poll();
        return answer == null ? new WriteOutcome.Committed(List.of()) : answer.apply(batch);
    }

    private static String key(RecordSlot record) {
        return TestRecord.value(record, record.type().key());
    }

    @Override
    public long statementBytes() {
        return STATEMENT_BYTES;
    }
}
