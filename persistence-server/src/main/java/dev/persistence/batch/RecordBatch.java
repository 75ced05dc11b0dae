package dev.persistence.batch;

import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What one transaction writes: the records of one range of the ring, merged into rows. Writing its groups in order has
 * the same result as writing the records one by one in ring order. Consumer thread; valid until the range is settled.
 */
public final class RecordBatch {

    private final List<RowGroup> groups;

    private RecordBatch(List<RowGroup> groups) {
        this.groups = List.copyOf(groups);
    }

    /** Merges records, given in ring order; none of the slots is void. */
    public static RecordBatch of(RecordTypes types, Iterable<RecordSlot> slots) {
        List<List<RecordSlot>> byType = new ArrayList<>(types.size());
        types.forEach(type -> byType.add(new ArrayList<>()));
        for (RecordSlot slot : slots) {
            byType.get(slot.type().ordinal()).add(slot);
        }
        List<RowGroup> groups = new ArrayList<>();
        for (RecordType type : types) {
            groups.addAll(RowMerger.merge(type, byType.get(type.ordinal())));
        }
        return new RecordBatch(groups);
    }

    /** The groups in the order of writing: types as declared, and within a type the waves of a key one after another. */
    public List<RowGroup> groups() {
        return groups;
    }

    /** All records, in ring order. Sorted anew each time: it is for batches that went wrong. */
    public List<RecordSlot> records() {
        return groups.stream()
                .flatMap(group -> group.rows().stream())
                .flatMap(row -> row.records().stream())
                .sorted(Comparator.comparingLong(RecordSlot::sequence))
                .toList();
    }

    /** Whether of each of its records the newest wins, so that writing the batch a second time changes nothing. */
    public boolean guarded() {
        return groups.stream().allMatch(group -> group.type().guarded());
    }

    /**
     * Counts the rows of a type that are written where the database refuses single records. A row that lost one of its
     * records is written record by record.
     *
     * @param refused the sequences of the refused records
     */
    long rowsWritten(RecordType type, Set<Long> refused) {
        long rows = 0;
        for (RowGroup group : groups) {
            if (group.type().ordinal() == type.ordinal()) {
                rows += refused.isEmpty() ? group.rows().size() : rowsWritten(group, refused);
            }
        }
        return rows;
    }

    private static long rowsWritten(RowGroup group, Set<Long> refused) {
        long rows = 0;
        for (Row row : group.rows()) {
            long left = row.records().stream()
                    .filter(record -> !refused.contains(record.sequence()))
                    .count();
            rows += left == row.records().size() ? 1 : left;
        }
        return rows;
    }
}
