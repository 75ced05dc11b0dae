package dev.persistence.batch;

import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.Refusal;
import dev.persistence.ring.Settled;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.telemetry.RefusalReason;
import dev.persistence.tracing.FlushSpan;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What became of the records of one batch, counted before anybody is told: all sums agree, or nothing was counted. */
final class Tally {

    private final List<Refusal> refusals;
    private final LossReason lossReason; // null where the batch is committed
    private final int[] written;
    private final List<Map<RefusalReason, Integer>> refused; // by type
    private final int[] lost;
    private final int[] rows;

    private Tally(int types, List<Refusal> refusals, LossReason lossReason) {
        this.refusals = refusals;
        this.lossReason = lossReason;
        this.written = new int[types];
        this.refused = Stream.<Map<RefusalReason, Integer>>generate(() -> new EnumMap<>(RefusalReason.class))
                .limit(types)
                .toList();
        this.lost = new int[types];
        this.rows = new int[types];
    }

    static Tally committed(RecordTypes types, List<RecordSlot> records, RecordBatch batch, List<Refusal> refusals) {
        Tally tally = new Tally(types.size(), refusals, null);
        Map<Long, RefusalReason> reasons = new HashMap<>();
        refusals.forEach(refusal -> reasons.put(refusal.sequence(), refusal.kind()));
        for (RecordSlot record : records) {
            int type = record.type().ordinal();
            RefusalReason reason = reasons.isEmpty() ? null : reasons.get(record.sequence()); // boxes each sequence
            if (reason == null) {
                tally.written[type]++;
            } else {
                tally.refused.get(type).merge(reason, 1, Integer::sum);
            }
        }
        for (RecordType type : types) {
            tally.rows[type.ordinal()] = (int) batch.rowsWritten(type, reasons.keySet());
        }
        return tally;
    }

    static Tally lost(RecordTypes types, List<RecordSlot> records, LossReason reason) {
        Tally tally = new Tally(types.size(), List.of(), reason);
        for (RecordSlot record : records) {
            tally.lost[record.type().ordinal()]++;
        }
        return tally;
    }

    /** Rows in the database, of all types. */
    int rows() {
        return Arrays.stream(rows).sum();
    }

    void report(PipelineMetrics metrics) {
        if (lossReason != null) {
            metrics.flushFailed(lossReason);
        }
        for (int type = 0; type < written.length; type++) {
            metrics.merged(type, written[type] - rows[type]);
            metrics.written(type, written[type]);
            for (Map.Entry<RefusalReason, Integer> reason : refused.get(type).entrySet()) {
                metrics.refused(type, reason.getValue(), reason.getKey());
            }
            if (lost[type] > 0) {
                metrics.lost(type, lost[type], lossReason);
            }
        }
    }

    /** The same for whoever follows the flush. */
    void report(RecordTypes types, FlushSpan span) {
        for (RecordType type : types) {
            int ordinal = type.ordinal();
            if (written[ordinal] > 0) {
                span.written(type.name(), written[ordinal], rows[ordinal]);
            }
            refused.get(ordinal).forEach((reason, count) -> span.refused(type.name(), count, reason.label()));
            if (lost[ordinal] > 0) {
                span.lost(type.name(), lost[ordinal], lossReason.label());
            }
        }
    }

    /** The same for those who wait for a part of the batch, which was all of a range of the ring. */
    Settled settled(long first, long last) {
        List<Long> byType = Arrays.stream(written).asLongStream().boxed().toList();
        return new Settled(first, last, byType, refusals, Arrays.stream(lost).sum());
    }
}
