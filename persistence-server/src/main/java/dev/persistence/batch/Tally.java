package dev.persistence.batch;

import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.Refusal;
import dev.persistence.ring.Settled;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.PipelineMetrics;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What became of the records of one batch, counted before anybody is told: all sums agree, or nothing was counted. */
final class Tally {

    private final List<Refusal> refusals;
    private final int[] written;
    private final int[] refused;
    private final int[] lost;
    private final int[] rows;

    private Tally(int types, List<Refusal> refusals) {
        this.refusals = refusals;
        this.written = new int[types];
        this.refused = new int[types];
        this.lost = new int[types];
        this.rows = new int[types];
    }

    static Tally committed(RecordTypes types, List<RecordSlot> records, RecordBatch batch, List<Refusal> refusals) {
        Tally tally = new Tally(types.size(), refusals);
        Set<Long> sequences = new HashSet<>();
        refusals.forEach(refusal -> sequences.add(refusal.sequence()));
        for (RecordSlot record : records) {
            boolean refused = !sequences.isEmpty() && sequences.contains(record.sequence()); // boxes each sequence
            int[] counts = refused ? tally.refused : tally.written;
            counts[record.type().ordinal()]++;
        }
        for (RecordType type : types) {
            tally.rows[type.ordinal()] = (int) batch.rowsWritten(type, sequences);
        }
        return tally;
    }

    static Tally lost(RecordTypes types, List<RecordSlot> records) {
        Tally tally = new Tally(types.size(), List.of());
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
        for (int type = 0; type < written.length; type++) {
            metrics.merged(type, written[type] - rows[type]);
            metrics.written(type, written[type]);
            metrics.refused(type, refused[type]);
            metrics.lost(type, lost[type]);
        }
    }

    /** The same for those who wait for a part of the batch, which was all of a range of the ring. */
    Settled settled(long first, long last) {
        List<Long> byType = Arrays.stream(written).asLongStream().boxed().toList();
        return new Settled(first, last, byType, refusals, Arrays.stream(lost).sum());
    }
}
