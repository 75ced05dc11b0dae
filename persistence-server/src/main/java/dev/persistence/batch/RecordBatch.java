package dev.persistence.batch;

import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * What one transaction writes: the records of one range of the ring, merged into rows. Writing its groups in order has
 * the same result as writing the records one by one in ring order. Consumer thread; valid until the range is settled.
 */
public final class RecordBatch {

    private final List<RowGroup> groups;
    private final long[] records;
    private final long[] rows;

    private RecordBatch(List<RowGroup> groups, long[] records, long[] rows) {
        this.groups = List.copyOf(groups);
        this.records = records;
        this.rows = rows;
    }

    /** Merges records, given in ring order, void slots among them. */
    public static RecordBatch of(RecordTypes types, Iterable<RecordSlot> slots) {
        List<List<RecordSlot>> byType = new ArrayList<>(types.size());
        types.forEach(type -> byType.add(new ArrayList<>()));
        for (RecordSlot slot : slots) {
            if (!slot.isVoid()) {
                byType.get(slot.type().ordinal()).add(slot);
            }
        }
        List<RowGroup> groups = new ArrayList<>();
        long[] records = new long[types.size()];
        long[] rows = new long[types.size()];
        for (int type = 0; type < types.size(); type++) {
            records[type] = byType.get(type).size();
            for (RowGroup group : RowMerger.merge(types.get(type), byType.get(type))) {
                groups.add(group);
                rows[type] += group.rows().size();
            }
        }
        return new RecordBatch(groups, records, rows);
    }

    /** The groups in the order of writing: types as declared, and within a type the waves of a key one after another. */
    public List<RowGroup> groups() {
        return groups;
    }

    /** Records of the type, by its ordinal, merged ones included. */
    public long records(int type) {
        return records[type];
    }

    /** Records of the type, by its ordinal, that share the row of a later one. */
    public long merged(int type) {
        return records[type] - rows[type];
    }

    /** Rows of all types. */
    public int rows() {
        int sum = 0;
        for (long count : rows) {
            sum += (int) count;
        }
        return sum;
    }
}
