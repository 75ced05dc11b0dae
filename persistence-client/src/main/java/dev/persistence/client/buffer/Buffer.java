package dev.persistence.client.buffer;

import dev.persistence.client.measure.DropReason;
import dev.persistence.client.measure.Statistics;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The records that wait to be sent. Any thread puts some in and never waits for more than another's few instructions: the
 * lock is never held over input, output or logging. One thread, the sender, takes them out, a batch at a time. When it is
 * full the oldest record goes: a later one most likely says more, and of the same thing.
 */
public final class Buffer {

    /** What the service takes in one request by default. */
    public static final int MOST_RECORDS_OF_A_REQUEST = 1000;

    /** A size of requests that is sent and decoded in a moment, and far below what the service takes. */
    public static final int USUAL_BYTES_OF_A_REQUEST = 1024 * 1024;

    private static final long NOTHING = -1;

    private final Bounds bounds;
    private final LongSupplier ticks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forSender = lock.newCondition();
    private final Condition settled = lock.newCondition();

    // All guarded by the lock.
    private final WaitingRecords waiting = new WaitingRecords();
    private final Ledger ledger = new Ledger();
    private long latest = NOTHING; // sequence of the record that came last
    private long roundEnd = NOTHING; // what came up to here is being sent, without regard to age and number
    private Batch underWay; // or null
    private boolean closed;

    /** @param ticks nanoseconds from any origin, such as {@link System#nanoTime} */
    public Buffer(Bounds bounds, LongSupplier ticks) {
        this.bounds = bounds;
        this.ticks = ticks;
    }

    /** Takes a record, or drops it where the buffer is closed or the record is larger than all of it. */
    public void offer(String type, byte[] json) {
        lock.lock();
        try {
            ledger.accept(type);
            if (closed) {
                ledger.drop(new Drop(type, 1, DropReason.CLOSED, "sent to a client that is closed"));
            } else if (json.length > bounds.maxBytes()) {
                drop(new Drop(
                        type,
                        1,
                        DropReason.TOO_LARGE,
                        "a record of " + json.length + " bytes (the buffer holds " + bounds.maxBytes() + ")"));
            } else {
                makeRoom(json.length);
                latest++;
                waiting.add(new WaitingRecords.Waiting(type, json, latest, ticks.getAsLong()));
                if (waiting.records() == 1 || isDue()) {
                    forSender.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(int bytes) {
        while (waiting.records() >= bounds.maxRecords() || waiting.bytes() + bytes > bounds.maxBytes()) {
            WaitingRecords.Waiting oldest = waiting.removeOldest();
            drop(new Drop(
                    oldest.type(),
                    1,
                    DropReason.OVERFLOW,
                    "at most " + bounds.maxRecords() + " records and " + bounds.maxBytes() + " bytes wait"));
        }
    }

    private void drop(Drop drop) {
        if (!ledger.hasDropsToReport()) {
            forSender.signal(); // which says so
        }
        ledger.drop(drop);
    }

    /** Counts a record that was given to the client and cannot be sent. */
    public void refuse(String type, DropReason reason, String detail) {
        lock.lock();
        try {
            ledger.accept(type);
            drop(new Drop(type, 1, reason, detail));
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue() {
        return waiting.records() > 0
                && (closed
                        || waiting.records() >= bounds.sendRecords()
                        || waiting.bytes() >= USUAL_BYTES_OF_A_REQUEST
                        || waiting.oldest().sequence() <= roundEnd
                        || nanosUntilDue() <= 0);
    }

    private long nanosUntilDue() {
        return bounds.sendAge().toNanos()
                - (ticks.getAsLong() - waiting.oldest().arrival());
    }

    /**
     * The sender waits until there is something to send or to report, the buffer is closed, or so much time has passed.
     */
    public void awaitWork(long mostNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = mostNanos;
            while (left > 0 && !closed && !isDue() && !ledger.hasDropsToReport()) {
                long step = waiting.records() > 0 ? Math.min(left, nanosUntilDue()) : left;
                left -= step - Math.max(0, forSender.awaitNanos(step));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch that is due, or null. Once something is due, everything that waits at that moment is, types in the order
     * of their oldest record. It is under way until it is settled; one at a time.
     */
    public Batch take() {
        lock.lock();
        try {
            if (!isDue()) {
                return null;
            }
            if (waiting.oldest().sequence() > roundEnd) {
                roundEnd = latest;
            }
            underWay = waiting.remove(MOST_RECORDS_OF_A_REQUEST, USUAL_BYTES_OF_A_REQUEST);
            return underWay;
        } finally {
            lock.unlock();
        }
    }

    /** What became of the batch that was taken last. */
    public void settle(Batch batch, Outcome outcome) {
        lock.lock();
        try {
            if (underWay == null
                    || batch.firstSequence() != underWay.firstSequence()
                    || outcome.records() != batch.size()) {
                throw new IllegalStateException(
                        "settled " + outcome.records() + " of the batch's " + batch.size() + " records");
            }
            ledger.settle(batch, outcome);
            underWay = null;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes everything due that waits now, and returns the mark up to which that is. */
    public long sendNow() {
        lock.lock();
        try {
            roundEnd = latest;
            forSender.signal();
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything up to a mark was sent or dropped, and tells whether it came to that in time. */
    public boolean awaitSettled(long mark, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!isSettled(mark) && left > 0) {
                left = settled.awaitNanos(left);
            }
            return isSettled(mark);
        } finally {
            lock.unlock();
        }
    }

    private boolean isSettled(long mark) {
        return (underWay == null || underWay.firstSequence() > mark)
                && (waiting.records() == 0 || waiting.oldest().sequence() > mark);
    }

    /** From now on nothing is taken any more, and everything that waits is due. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            forSender.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is closed, whatever waits in it. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** The sender gives up what waits. */
    public void dropWaiting(DropReason reason, String detail) {
        lock.lock();
        try {
            while (waiting.records() > 0) {
                ledger.drop(new Drop(waiting.removeOldest().type(), 1, reason, detail));
            }
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was counted since this was last asked for. */
    public Changes takeChanges() {
        lock.lock();
        try {
            return ledger.takeChanges();
        } finally {
            lock.unlock();
        }
    }

    /** All counts of one moment. */
    public Statistics statistics() {
        lock.lock();
        try {
            long sending = underWay == null ? 0 : underWay.size();
            return new Statistics(
                    ledger.accepted(), ledger.sent(), ledger.dropped(), waiting.records() + sending, waiting.bytes());
        } finally {
            lock.unlock();
        }
    }

    /** Records dropped so far. */
    public long dropped() {
        lock.lock();
        try {
            return ledger.droppedInAll();
        } finally {
            lock.unlock();
        }
    }
}
