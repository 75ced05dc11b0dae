package dev.persistence.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A place in the ring that somebody waits for: complete once everything up to it is committed or has failed. It gathers
 * what the flushes up to there did. Made on any thread; afterwards owned by the consumer thread.
 */
public abstract sealed class Mark permits Mark.Flush, Mark.Written {

    private final long last;

    private Mark(long last) {
        this.last = last;
    }

    /** The sequence of the last record that is waited for. */
    public final long last() {
        return last;
    }

    /** A flush ended. Consumer thread. */
    public abstract void settled(Settled range);

    /** Everything up to the mark is settled. Consumer thread; whoever waits must not go on running on it. */
    public abstract void complete(long nowNanos);

    /** The barrier of a flush request: counts every record that was taken to the database until it is complete. */
    public static final class Flush extends Mark {

        private final CompletableFuture<FlushReport> report = new CompletableFuture<>();
        private final long startNanos;
        private final long[] written;
        private long refused;
        private long lost;

        Flush(long last, int types, long startNanos) {
            super(last);
            this.written = new long[types];
            this.startNanos = startNanos;
        }

        public CompletableFuture<FlushReport> report() {
            return report;
        }

        @Override
        public void settled(Settled range) {
            for (int type = 0; type < written.length; type++) {
                written[type] += range.written().get(type);
            }
            refused += range.refusals().size();
            lost += range.lost();
        }

        @Override
        public void complete(long nowNanos) {
            report.complete(
                    new FlushReport(Arrays.stream(written).boxed().toList(), refused, lost, nowNanos - startNanos));
        }
    }

    /** The acknowledgement of an {@code ack=written} request: counts the request's own records only. */
    public static final class Written extends Mark {

        private final CompletableFuture<WrittenReport> report = new CompletableFuture<>();
        private final long first;
        private final List<Refusal> refusals = new ArrayList<>();
        private int settled;
        private int lost;

        Written(long first, long last) {
            super(last);
            this.first = first;
        }

        public CompletableFuture<WrittenReport> report() {
            return report;
        }

        @Override
        public void settled(Settled range) {
            int own = (int) (Math.min(last(), range.last()) - Math.max(first, range.first()) + 1);
            if (own <= 0) {
                return;
            }
            settled += own;
            lost += range.lost() > 0 ? own : 0;
            for (Refusal refusal : range.refusals()) {
                if (refusal.sequence() >= first && refusal.sequence() <= last()) {
                    refusals.add(refusal);
                }
            }
        }

        @Override
        public void complete(long nowNanos) {
            refusals.sort(Comparator.comparingLong(Refusal::sequence)); // statements have the order of keys
            report.complete(new WrittenReport(first, settled - lost - refusals.size(), refusals, lost));
        }
    }
}
