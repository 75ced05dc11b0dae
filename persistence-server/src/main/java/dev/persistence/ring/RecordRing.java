package dev.persistence.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.TimeoutException;
import dev.persistence.tracing.Tracing;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The ring between event loops and the batching consumer. It bounds what the service holds: by its slots, and by a
 * budget of bytes. Producers never wait: what does not fit is not taken.
 *
 * <p>Free slots are exactly those whose record is settled, so a crash loses what the ring holds and nothing else.
 */
public final class RecordRing {

    /** In place of a sequence: there was no room. */
    public static final long FULL = -1;

    /** How long the consumer sleeps where a claimed slot is not published yet, which takes microseconds. */
    private static final long GAP_NANOS = 50_000;

    /** In place of an arrival: there is no unwritten record. Not 0, which a clock may well show. */
    private static final long NONE = Long.MIN_VALUE;

    private final RingBuffer<RecordSlot> slots;
    private final SequenceBarrier barrier;
    private final Sequence settled = new Sequence();
    private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();
    private final AtomicLong unwrittenBytes = new AtomicLong();
    private final DrainRate drain = new DrainRate();
    private final Shortage shortage = new Shortage(settled::get);
    private final long maxUnwrittenBytes;
    private final ArrivalClock clock;
    private final int types;
    private final Tracing tracing;
    private volatile boolean lacksRoom; // set by event loops, cleared by the consumer thread
    private volatile long oldestArrivalNanos = NONE; // written by the consumer thread

    /** A ring whose records nobody follows. */
    public RecordRing(int size, long maxUnwrittenBytes, int types, int columns, Duration wakeUp, ArrivalClock clock) {
        this(size, maxUnwrittenBytes, types, columns, wakeUp, clock, Tracing.OFF);
    }

    /**
     * @param size slots, a power of two
     * @param maxUnwrittenBytes budget for the values of all records in the ring
     * @param types number of record types
     * @param columns columns of the widest record type
     * @param wakeUp how often a waiting consumer looks at the clock
     * @param tracing told which records a request publishes
     */
    public RecordRing(
            int size,
            long maxUnwrittenBytes,
            int types,
            int columns,
            Duration wakeUp,
            ArrivalClock clock,
            Tracing tracing) {
        int retainedBytes = retainedBytes(size, maxUnwrittenBytes);
        this.slots = RingBuffer.createMultiProducer(
                () -> new RecordSlot(columns, retainedBytes),
                size,
                new TimeoutBlockingWaitStrategy(wakeUp.toNanos(), TimeUnit.NANOSECONDS));
        this.barrier = slots.newBarrier();
        this.slots.addGatingSequences(settled);
        this.maxUnwrittenBytes = maxUnwrittenBytes;
        this.types = types;
        this.clock = clock;
        this.tracing = tracing;
    }

    /** All arrays that empty slots keep take at most a quarter of the budget, and none more than 1 KiB. */
    private static int retainedBytes(int size, long maxUnwrittenBytes) {
        return (int) Math.min(1024, maxUnwrittenBytes / 4 / size);
    }

    /**
     * Claims room for a whole request, or none at all. What is claimed must go to {@link #publish} or {@link #discard}.
     * Event loops.
     *
     * @param records at least 1
     * @param bytes of the values of all records
     * @return the first of {@code records} successive sequences, or {@link #FULL}
     */
    public long tryClaim(int records, long bytes) {
        if (records < 1) {
            throw new IllegalArgumentException("records: " + records + " (expected at least 1)");
        }
        if (records > slots.getBufferSize() || bytes > maxUnwrittenBytes) {
            return FULL; // no flush makes room for it, so none is asked for
        }
        if (!reserve(bytes)) {
            return refuse();
        }
        try {
            return slots.tryNext(records) - records + 1;
        } catch (InsufficientCapacityException full) { // the library's preallocated signal, without a stack trace
            unwrittenBytes.addAndGet(-bytes);
            return refuse();
        }
    }

    /** Never goes over the budget, not even for a moment: somebody else's smaller request would be refused for it. */
    private boolean reserve(long bytes) {
        long before;
        do {
            before = unwrittenBytes.get();
            if (bytes > maxUnwrittenBytes - before) {
                return false;
            }
        } while (!unwrittenBytes.compareAndSet(before, before + bytes));
        return true;
    }

    private long refuse() {
        lacksRoom = true;
        barrier.alert(); // the thresholds may be out of reach of a ring this small; then this is what empties it
        return FULL;
    }

    /** The slot of a claimed sequence, for filling. */
    public RecordSlot claimed(long sequence, long arrivalNanos) {
        RecordSlot slot = slots.get(sequence);
        slot.arrive(sequence, arrivalNanos);
        return slot;
    }

    /** Hands claimed slots to the consumer. */
    public void publish(long first, long last) {
        tracing.carries(first, last); // first: the consumer may be through with them before this thread goes on
        slots.publish(first, last);
    }

    /**
     * Gives back what was claimed and could not be filled: the slots go to the consumer void, whatever they hold, because
     * one that is never published would stop the ring for everybody.
     *
     * @param bytes as claimed
     */
    public void discard(long first, long last, long bytes) {
        for (long sequence = first; sequence <= last; sequence++) {
            slots.get(sequence).clear();
        }
        unwrittenBytes.addAndGet(-bytes);
        slots.publish(first, last);
    }

    /** Asks for a flush of everything published so far, whoever published it. Any thread. */
    public Mark.Flush markFlush() {
        Mark.Flush mark = new Mark.Flush(slots.getCursor(), types, clock.nanos());
        add(mark);
        return mark;
    }

    /** Asks for a flush up to {@code last} and a report on the records from {@code first}, published or about to be. */
    public Mark.Written markWritten(long first, long last) {
        Mark.Written mark = new Mark.Written(first, last);
        add(mark);
        return mark;
    }

    private void add(Mark mark) {
        marks.add(mark);
        barrier.alert();
    }

    /** Wakes the consumer, so that it looks at what it is asked to do. Any thread. */
    public void wakeConsumer() {
        barrier.alert();
    }

    public int size() {
        return slots.getBufferSize();
    }

    /** Slots that a producer could claim now. Any thread. */
    public long remaining() {
        return Math.max(0, slots.remainingCapacity()); // it reads two sequences, and both may move in between
    }

    /** Bytes of the values of all records in the ring. Any thread. */
    public long unwrittenBytes() {
        return unwrittenBytes.get();
    }

    /** Age of the oldest record that is gathered but not settled, in milliseconds; 0 if there is none. Any thread. */
    public long oldestUnwrittenMillis() {
        long oldest = oldestArrivalNanos;
        return oldest == NONE ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toMillis(clock.nanos() - oldest));
    }

    public long maxUnwrittenBytes() {
        return maxUnwrittenBytes;
    }

    /** What there was no room for since slots were last freed. */
    public Shortage shortage() {
        return shortage;
    }

    /** Whole seconds, at least 1, until there should be room for a request. Any thread. */
    public int secondsUntilRoom(int records, long bytes) {
        if (records > slots.getBufferSize() || bytes > maxUnwrittenBytes) {
            return DrainRate.LONGEST_SECONDS; // there never is
        }
        long lackingBytes = bytes - (maxUnwrittenBytes - unwrittenBytes.get());
        return drain.secondsUntilFreed(records - remaining(), lackingBytes, clock.nanos());
    }

    /** Like {@link #secondsUntilRoom(int, long)}, for the request that the {@link #shortage} remembers. */
    public int secondsUntilRoom() {
        return secondsUntilRoom(shortage.records(), shortage.bytes());
    }

    /** The consumer's end of this ring; there is one consumer. */
    public Consumer consumer() {
        return new Consumer();
    }

    /** What only the consumer thread may do. */
    public final class Consumer {

        private Consumer() {}

        /**
         * Waits until the sequence is published, until somebody wakes the consumer, or until it is time to look at the
         * clock.
         *
         * @return the highest sequence published without a gap; less than {@code sequence} if there is nothing new
         */
        public long await(long sequence) throws InterruptedException {
            try {
                long published = barrier.waitFor(sequence);
                if (published < sequence) { // claimed already, so the barrier does not wait
                    LockSupport.parkNanos(GAP_NANOS);
                }
                return published;
            } catch (AlertException woken) {
                barrier.clearAlert(); // before the caller looks for what the alert was about, so none is missed
                return published(sequence);
            } catch (TimeoutException timeToLook) {
                return sequence - 1;
            }
        }

        /** Requests that alert without pause must not keep the consumer from the records. */
        private long published(long sequence) {
            long next = sequence;
            while (slots.isAvailable(next)) {
                next++;
            }
            return next - 1;
        }

        public RecordSlot slot(long sequence) {
            return slots.get(sequence);
        }

        /** The sequence up to which all slots are free again. */
        public long settled() {
            return settled.get();
        }

        /** The highest sequence claimed so far. */
        public long claimed() {
            return slots.getCursor();
        }

        /** A mark added since the last call, or null. */
        public Mark nextMark() {
            return marks.poll();
        }

        /** Tells when the oldest record that is gathered and not settled arrived. */
        public void oldestUnwritten(long arrivalNanos) {
            oldestArrivalNanos = arrivalNanos;
        }

        /** Whether a producer found no room since slots were last freed. */
        public boolean lacksRoom() {
            return lacksRoom;
        }

        /** What was gathered is being written from now until it is settled. */
        public void flushBegins() {
            drain.flushBegins(clock.nanos());
        }

        /** Clears the slots up to {@code last}, which are all that was gathered, and gives them to the producers again. */
        public void settle(long last) {
            long bytes = 0;
            for (long sequence = settled.get() + 1; sequence <= last; sequence++) {
                RecordSlot slot = slots.get(sequence);
                bytes += slot.size();
                slot.clear();
            }
            oldestArrivalNanos = NONE;
            drain.freed(last - settled.get(), bytes, clock.nanos());
            unwrittenBytes.addAndGet(-bytes);
            lacksRoom = false; // before the slots are free: a refusal from now on is about those that are left
            settled.set(last);
        }
    }
}
