package dev.persistence.batch;

import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.Mark;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.Settled;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.tracing.FlushSpan;
import dev.persistence.tracing.FlushTracing;
import dev.persistence.tracing.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The one consumer of a ring. It gathers records, has them written when a threshold fires, settles whoever waits for
 * them, and only then frees their slots. Whatever goes wrong with a batch, the next one starts fresh.
 *
 * <p>The library's own event processor frees slots as soon as it has handed them out, so it cannot gather; hence this
 * loop on the same barrier.
 */
public final class BatchConsumer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);

    /** Records of one transaction when more are waiting: five statements' worth, beyond which little is gained. */
    private static final long LARGEST_BATCH = 5_000;

    /** After a failure of the loop itself, so that one that lasts does not fill the log. */
    private static final long PAUSE_NANOS = 100_000_000;

    private final RecordRing ring;
    private final RecordRing.Consumer end;
    private final RecordTypes types;
    private final RecordStore store;
    private final BufferSettings settings;
    private final ArrivalClock clock;
    private final PipelineMetrics metrics;
    private final FlushTracing tracing;
    private final long largestBatch;

    private volatile boolean draining;
    private volatile boolean abandoned;

    // All below is owned by the consumer thread.
    private List<RecordSlot> gathered = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final int[] countByType;
    private long last;
    private long bytes;

    /** A consumer whose flushes nobody follows. */
    public BatchConsumer(
            RecordRing ring,
            RecordTypes types,
            RecordStore store,
            BufferSettings settings,
            ArrivalClock clock,
            PipelineMetrics metrics) {
        this(ring, types, store, settings, clock, metrics, FlushTracing.OFF);
    }

    public BatchConsumer(
            RecordRing ring,
            RecordTypes types,
            RecordStore store,
            BufferSettings settings,
            ArrivalClock clock,
            PipelineMetrics metrics,
            FlushTracing tracing) {
        this.ring = ring;
        this.end = ring.consumer();
        this.types = types;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.tracing = tracing;
        this.countByType = new int[types.size()];
        this.largestBatch = Math.max(LARGEST_BATCH, leastThatFills(settings.maxBufferSize(), types.size()));
        this.last = end.settled();
    }

    /** So many records are due by the count of one type at least, however they are spread over the types. */
    private static long leastThatFills(int maxBufferSize, int types) {
        return types * (maxBufferSize - 1L) + 1;
    }

    /** Ends the loop once everything published is settled. Nobody may publish or mark any more. Any thread. */
    void drain() {
        draining = true;
        ring.wakeConsumer();
    }

    /** What is written or waited for from now on is to end soon, lost rather than late. Any thread. */
    void giveUp() {
        store.giveUp();
    }

    /** Ends the loop after the batch that is being written, whatever is left. Whoever calls this reports it. Any thread. */
    void abandon() {
        abandoned = true;
        ring.wakeConsumer();
    }

    @Override
    public void run() {
        while (!abandoned && !(draining && end.settled() == end.claimed())) {
            try {
                turn();
            } catch (InterruptedException interrupted) {
                LOG.warn("interrupted while waiting for records; going on, because drain() is what ends this thread");
            } catch (Throwable unexpected) { // whatever it is, the records that come after it must be written
                LOG.error("unexpected failure between batches; going on", unexpected);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        takeMarks();
        completeMarks();
    }

    private void turn() throws InterruptedException {
        gather(end.await(last + 1));
        takeMarks();
        if (gathered.isEmpty()) {
            if (last > end.settled()) {
                end.settle(last); // nothing but void slots
            }
        } else {
            FlushReason due = due();
            if (due != null) {
                flush(due);
            }
        }
        completeMarks();
    }

    private void gather(long available) {
        long statementBytes = store.statementBytes();
        while (last < available && gathered.size() < largestBatch && bytes < statementBytes) {
            RecordSlot slot = end.slot(last + 1);
            if (!slot.isVoid()) {
                if (gathered.isEmpty()) {
                    end.oldestUnwritten(slot.arrivalNanos());
                }
                gathered.add(slot);
                countByType[slot.type().ordinal()]++;
                bytes += slot.size();
            }
            last++;
        }
    }

    private void takeMarks() {
        for (Mark mark = end.nextMark(); mark != null; mark = end.nextMark()) {
            marks.add(mark);
        }
    }

    /** Why what is gathered has to be written now, or null if it may wait. */
    private FlushReason due() {
        if (Arrays.stream(countByType).anyMatch(count -> count >= settings.maxBufferSize())) {
            return FlushReason.COUNT;
        } else if (bytes >= store.statementBytes()) {
            return FlushReason.BYTES;
        } else if (marks.stream().anyMatch(mark -> mark.last() > end.settled() && mark.last() <= last)) {
            return FlushReason.REQUEST;
        } else if (end.lacksRoom()) {
            return FlushReason.FULL;
        } else if (clock.nanos() - gathered.get(0).arrivalNanos()
                >= settings.flushInterval().toNanos()) {
            return FlushReason.AGE;
        }
        return draining ? FlushReason.DRAIN : null;
    }

    private void flush(FlushReason reason) {
        end.flushBegins();
        FlushSpan span = tracing.begin(reason.label(), end.settled() + 1, last);
        Scope scope = span.enter();
        try {
            Settled settled = write(reason, span);
            takeMarks(); // whoever began to wait while this was written must hear how it ended
            marks.forEach(mark -> mark.settled(settled));
        } finally { // come what may: no batch is written twice
            gathered = new ArrayList<>(); // young, so that the garbage collector need not follow what is added to it
            Arrays.fill(countByType, 0);
            bytes = 0;
            end.settle(last);
            scope.close();
            span.end();
        }
    }

    private Settled write(FlushReason reason, FlushSpan span) {
        long start = clock.nanos();
        Tally tally;
        try {
            RecordBatch batch = RecordBatch.of(types, gathered);
            WriteOutcome outcome = store.write(batch);
            tally = outcome instanceof WriteOutcome.Committed committed
                    ? Tally.committed(types, gathered, batch, committed.refusals())
                    : lost((WriteOutcome.Lost) outcome, null);
        } catch (Throwable unexpected) { // the loop must survive whatever a batch does to it, lack of memory included
            String name = unexpected.getClass().getName();
            tally = lost(new WriteOutcome.Lost("unexpected failure: " + name, LossReason.UNEXPECTED), unexpected);
        }
        long nanos = clock.nanos() - start;
        tally.report(metrics);
        tally.report(types, span);
        metrics.flushed(reason, gathered.size(), tally.rows(), nanos);
        LOG.debug(
                "flush ({}): {} records, {} rows, {} ms",
                reason.label(),
                gathered.size(),
                tally.rows(),
                nanos / 1_000_000);
        return tally.settled(end.settled() + 1, last);
    }

    private Tally lost(WriteOutcome.Lost outcome, Throwable cause) {
        List<String> counts = new ArrayList<>();
        types.forEach(type -> counts.add(type.name() + " " + countByType[type.ordinal()]));
        Level level = abandoned ? Level.DEBUG : Level.ERROR; // abandoned records are reported already
        LOG.atLevel(level)
                .setCause(cause)
                .log("lost {} records ({}): {}", gathered.size(), String.join(", ", counts), outcome.reason());
        return Tally.lost(types, gathered, outcome.kind());
    }

    private void completeMarks() {
        marks.removeIf(mark -> {
            boolean reached = mark.last() <= end.settled();
            if (reached) {
                mark.complete(clock.nanos());
            }
            return reached;
        });
    }
}
