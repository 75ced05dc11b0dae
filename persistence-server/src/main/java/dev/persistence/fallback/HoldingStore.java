package dev.persistence.fallback;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.RecordStore;
import dev.persistence.batch.WriteOutcome;
import dev.persistence.batch.WriteOutcome.Lost;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a batch that the database cannot take and tries again, with growing, jittered pauses, until a time is over. What
 * arrives meanwhile waits on the ring, until that is full.
 *
 * <p>Repeating is harmless where an attempt may have been committed after all: the same records with the same times of
 * change give the same rows. That does not hold for a type without a time of change: what another instance wrote since
 * would be overwritten by an older record. Such a batch is not tried again once an outcome is unknown.
 */
public final class HoldingStore implements RecordStore {

    private static final Logger LOG = LoggerFactory.getLogger(HoldingStore.class);

    private final RecordStore store;
    private final Duration holdFor;
    private final LongSupplier nanoTime;
    private final Pauses pauses;

    public HoldingStore(RecordStore store, Duration holdFor) {
        this(store, holdFor, System::nanoTime, new Pauses());
    }

    HoldingStore(RecordStore store, Duration holdFor, LongSupplier nanoTime, Pauses pauses) {
        this.store = store;
        this.holdFor = holdFor;
        this.nanoTime = nanoTime;
        this.pauses = pauses;
    }

    @Override
    public WriteOutcome write(RecordBatch batch) {
        WriteOutcome outcome = store.write(batch);
        return outcome instanceof Lost lost && mayRepeat(batch, lost) ? hold(batch, lost) : outcome;
    }

    private boolean mayRepeat(RecordBatch batch, Lost lost) {
        return !pauses.ended() && (!lost.unknown() || batch.guarded());
    }

    private WriteOutcome hold(RecordBatch batch, Lost first) {
        long since = nanoTime.getAsLong();
        LOG.warn(
                "Holding a batch of {} records: {}. It is tried again for {} ms (buffer.hold-for)",
                batch.records().size(),
                first.reason(),
                holdFor.toMillis());
        Lost lost = first;
        int attempts = 1;
        while (mayRepeat(batch, lost) && pause(attempts, since)) {
            WriteOutcome outcome = store.write(batch);
            attempts++;
            if (!(outcome instanceof Lost again)) {
                LOG.info("The held batch is written, after {} ms and {} attempts", heldMillis(since), attempts);
                return outcome;
            }
            lost = again;
        }
        return new Lost(
                lost.reason() + "; held for " + heldMillis(since) + " ms, " + attempts + " attempts", lost.kind());
    }

    /** Waits before the next attempt; returns false if there is to be none. */
    private boolean pause(int attempts, long since) {
        Duration left = holdFor.minusNanos(nanoTime.getAsLong() - since);
        if (left.isNegative() || left.isZero()) {
            return false;
        }
        Duration length = pauses.afterAttempts(attempts);
        try {
            return !pauses.pause(length.compareTo(left) < 0 ? length : left);
        } catch (InterruptedException noReasonToHurry) { // drain and giveUp are what ends this
            return true;
        }
    }

    private long heldMillis(long since) {
        return (nanoTime.getAsLong() - since) / 1_000_000;
    }

    @Override
    public void giveUp() {
        pauses.end();
        store.giveUp();
    }

    @Override
    public long statementBytes() {
        return store.statementBytes();
    }
}
