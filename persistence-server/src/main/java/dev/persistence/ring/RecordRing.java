package dev.persistence.ring;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ring between event loops and the batching consumer. It bounds what the service holds: by its slots, and by a
 * budget of bytes. Producers never wait: what does not fit is not taken.
 *
 * <p>Free slots are exactly those whose record is settled, so a crash loses what the ring holds and nothing else.
 */
public final class RecordRing {

    /** In place of a sequence: there was no room. */
    public static final long FULL = -1;

    private final RingBuffer<RecordSlot> slots;
    private final SequenceBarrier barrier;
    private final Sequence settled = new Sequence();
    private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();
    private final AtomicLong unwrittenBytes = new AtomicLong();
    private final long maxUnwrittenBytes;
    private final ArrivalClock clock;
    private final int types;
    private volatile boolean fullSinceLastFlush;
    private volatile long oldestArrivalNanos; // 0: none

    /**
     * @param size slots, a power of two
     * @param maxUnwrittenBytes budget for the values of all records in the ring
     * @param types number of record types
     * @param columns columns of the widest record type
     * @param wakeUp how often a waiting consumer looks at the clock
     */
    public RecordRing(int size, long maxUnwrittenBytes, int types, int columns, Duration wakeUp, ArrivalClock clock) {
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
    }

    /** All arrays that empty slots keep take at most a quarter of the budget, and none more than 1 KiB. */
    private static int retainedBytes(int size, long maxUnwrittenBytes) {
        return (int) Math.min(1024, maxUnwrittenBytes / 4 / size);
    }

    /**
     * Claims room for a whole request, or none at all. What is claimed must be published, filled or not. Event loops.
     *
     * @return the first of {@code records} successive sequences, or {@link #FULL}
     */
    public long tryClaim(int records, long bytes) {
        if (unwrittenBytes.addAndGet(bytes) > maxUnwrittenBytes || records > slots.getBufferSize()) {
            return refuse(bytes);
        }
        try {
            return slots.tryNext(records) - records + 1;
        } catch (InsufficientCapacityException full) { // the library's preallocated signal, without a stack trace
            return refuse(bytes);
        }
    }

    private long refuse(long bytes) {
        unwrittenBytes.addAndGet(-bytes);
        fullSinceLastFlush = true;
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
        slots.publish(first, last);
    }

    /** Gives back budget that was claimed for records that then were not filled in. */
    public void release(long bytes) {
        unwrittenBytes.addAndGet(-bytes);
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
        return slots.remainingCapacity();
    }

    /** Bytes of the values of all records in the ring. Any thread. */
    public long unwrittenBytes() {
        return unwrittenBytes.get();
    }

    public long maxUnwrittenBytes() {
        return maxUnwrittenBytes;
    }

    /** Age of the oldest unwritten record that the consumer has seen, or 0. Any thread. */
    public long oldestUnwrittenMillis() {
        long arrival = oldestArrivalNanos;
        return arrival == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(clock.nanos() - arrival);
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
                return barrier.waitFor(sequence);
            } catch (com.lmax.disruptor.AlertException woken) {
                barrier.clearAlert();
                return sequence - 1;
            } catch (com.lmax.disruptor.TimeoutException timeToLook) {
                return sequence - 1;
            }
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

        /** Tells when the oldest unwritten record arrived, on the clock of {@link ArrivalClock#nanos}; 0 for none. */
        public void oldestUnwritten(long arrivalNanos) {
            oldestArrivalNanos = arrivalNanos;
        }

        /** Whether a producer found no room since the last call. */
        public boolean takeFullSignal() {
            boolean full = fullSinceLastFlush;
            if (full) {
                fullSinceLastFlush = false;
            }
            return full;
        }

        /** Clears the slots up to {@code last} and gives them to the producers again. */
        public void settle(long last) {
            long bytes = 0;
            for (long sequence = settled.get() + 1; sequence <= last; sequence++) {
                RecordSlot slot = slots.get(sequence);
                bytes += slot.size();
                slot.clear();
            }
            unwrittenBytes.addAndGet(-bytes);
            settled.set(last);
        }
    }
}
