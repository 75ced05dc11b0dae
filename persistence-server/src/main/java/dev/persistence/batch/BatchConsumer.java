package dev.persistence.batch;

import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.Mark;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.Refusal;
import dev.persistence.ring.Settled;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.PipelineMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one consumer of a ring. It gathers records, has them written when a threshold fires, settles whoever waits for
 * them, and only then frees their slots. Whatever goes wrong with a batch, the next one starts fresh.
 *
 * <p>The library's own event processor frees slots as soon as it has handed them out, so it cannot gather; hence this
 * loop on the same barrier.
 */
public final class BatchConsumer implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(BatchConsumer.class);

    /** Records of one transaction when more are waiting: five statements' worth, beyond which little is gained. */
    private static final int LARGEST_BATCH = 5_000;

    private final RecordRing ring;
    private final RecordRing.Consumer end;
    private final RecordTypes types;
    private final RecordStore store;
    private final BufferSettings settings;
    private final ArrivalClock clock;
    private final PipelineMetrics metrics;

    private volatile boolean draining;

    // All below is owned by the consumer thread.
    private final List<RecordSlot> gathered = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final int[] countByType;
    private long last;
    private long bytes;

    public BatchConsumer(
            RecordRing ring,
            RecordTypes types,
            RecordStore store,
            BufferSettings settings,
            ArrivalClock clock,
            PipelineMetrics metrics) {
        this.ring = ring;
        this.end = ring.consumer();
        this.types = types;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.countByType = new int[types.size()];
        this.last = end.settled();
    }

    /** Ends the loop once everything published is settled. Nobody may publish any more. Any thread. */
    public void drain() {
        draining = true;
        ring.wakeConsumer();
    }

    @Override
    public void run() {
        while (!(draining && end.settled() == end.claimed())) {
            try {
                gather(end.await(last + 1));
                takeMarks();
                FlushReason due = due();
                if (due != null) {
                    flush(due);
                }
                completeMarks();
            } catch (InterruptedException interrupted) {
                log.warn("interrupted while waiting for records; going on, because drain() is what ends this thread");
            }
        }
        takeMarks();
        completeMarks();
    }

    private void gather(long available) {
        int limit = Math.max(LARGEST_BATCH, settings.maxBufferSize());
        while (last < available && gathered.size() < limit && bytes < store.statementBytes()) {
            RecordSlot slot = end.slot(++last);
            if (!slot.isVoid()) {
                if (gathered.isEmpty()) {
                    end.oldestUnwritten(slot.arrivalNanos());
                }
                gathered.add(slot);
                countByType[slot.type().ordinal()]++;
                bytes += slot.size();
            }
        }
    }

    private void takeMarks() {
        for (Mark mark = end.nextMark(); mark != null; mark = end.nextMark()) {
            marks.add(mark);
        }
    }

    private FlushReason due() {
        boolean full = end.takeFullSignal();
        if (gathered.isEmpty()) {
            return last > end.settled() ? FlushReason.FULL : null; // nothing but void slots: only free them
        } else if (Arrays.stream(countByType).anyMatch(count -> count >= settings.maxBufferSize())) {
            return FlushReason.COUNT;
        } else if (bytes >= store.statementBytes()) {
            return FlushReason.BYTES;
        } else if (marks.stream().anyMatch(mark -> mark.last() <= last)) {
            return FlushReason.REQUEST;
        } else if (full) {
            return FlushReason.FULL;
        } else if (clock.nanos() - gathered.get(0).arrivalNanos()
                >= settings.flushInterval().toNanos()) {
            return FlushReason.AGE;
        }
        return draining ? FlushReason.DRAIN : null;
    }

    private void flush(FlushReason reason) {
        long start = clock.nanos();
        Settled settled = gathered.isEmpty() ? nothing() : write(reason, start);
        takeMarks(); // whoever began to wait while this was written must hear how it ended
        marks.forEach(mark -> mark.settled(settled));
        gathered.clear();
        Arrays.fill(countByType, 0);
        bytes = 0;
        end.oldestUnwritten(0);
        end.settle(last);
    }

    private Settled nothing() {
        List<Long> none = Arrays.stream(countByType).asLongStream().boxed().toList();
        return new Settled(end.settled() + 1, last, none, List.of(), 0);
    }

    private Settled write(FlushReason reason, long start) {
        int rows = 0;
        WriteOutcome outcome;
        try {
            RecordBatch batch = RecordBatch.of(types, gathered);
            outcome = store.write(batch);
            if (outcome instanceof WriteOutcome.Committed committed) {
                rows = Math.max(0, batch.rows() - committed.refusals().size());
                reportMerged(batch);
            }
        } catch (Throwable unexpected) { // the loop must survive whatever a batch does to it, lack of memory included
            log.error("unexpected failure while writing a batch", unexpected);
            outcome = new WriteOutcome.Lost(
                    "unexpected failure: " + unexpected.getClass().getName());
        }
        Settled settled = outcome instanceof WriteOutcome.Committed committed ? committed(committed) : lost(outcome);
        long nanos = clock.nanos() - start;
        metrics.flushed(reason, gathered.size(), rows, nanos);
        log.debug("flush ({}): {} records, {} rows, {} ms", reason.label(), gathered.size(), rows, nanos / 1_000_000);
        return settled;
    }

    private void reportMerged(RecordBatch batch) {
        for (int type = 0; type < types.size(); type++) {
            metrics.merged(type, (int) batch.merged(type));
        }
    }

    private Settled committed(WriteOutcome.Committed outcome) {
        int[] refused = new int[types.size()];
        for (Refusal refusal : outcome.refusals()) {
            refused[end.slot(refusal.sequence()).type().ordinal()]++;
        }
        List<Long> written = new ArrayList<>();
        for (int type = 0; type < refused.length; type++) {
            int rest = countByType[type] - refused[type];
            written.add((long) rest);
            metrics.written(type, rest);
            metrics.refused(type, refused[type]);
        }
        return new Settled(end.settled() + 1, last, written, outcome.refusals(), 0);
    }

    private Settled lost(WriteOutcome outcome) {
        List<String> counts = new ArrayList<>();
        List<Long> written = new ArrayList<>();
        for (int type = 0; type < countByType.length; type++) {
            metrics.lost(type, countByType[type]);
            written.add(0L);
            counts.add(types.get(type).name() + " " + countByType[type]);
        }
        String reason = ((WriteOutcome.Lost) outcome).reason();
        log.error("lost {} records ({}): {}", gathered.size(), String.join(", ", counts), reason);
        return new Settled(end.settled() + 1, last, written, List.of(), gathered.size());
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
