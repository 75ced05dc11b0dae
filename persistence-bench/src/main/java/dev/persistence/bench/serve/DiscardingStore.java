package dev.persistence.bench.serve;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.RecordStore;
import dev.persistence.batch.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Says of every batch that it is committed. Consumer thread. */
public final class DiscardingStore implements RecordStore {

    /** What the real store takes with a heap of 1 GiB and a server of default settings. */
    private static final long STATEMENT_BYTES = 8L << 20;

    private final long delayNanos;

    /** Each write takes {@code delay}, as on a slow database. */
    public DiscardingStore(Duration delay) {
        this.delayNanos = delay.toNanos();
    }

    @Override
    public WriteOutcome write(RecordBatch batch) {
        long end = System.nanoTime() + delayNanos;
        for (long left = delayNanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return new WriteOutcome.Committed(List.of());
    }

    @Override
    public long statementBytes() {
        return STATEMENT_BYTES;
    }
}
