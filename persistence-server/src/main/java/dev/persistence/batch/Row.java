package dev.persistence.batch;

import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One row of a statement: the record that is written, together with the earlier records of its key that it stands for.
 * Consumer thread; valid until the batch is settled.
 */
public final class Row {

    private final Key key;
    private final int wave;
    private final long creationMicros;
    private long carried;
    private RecordSlot record;
    private List<RecordSlot> merged = Collections.emptyList();

    /** A row of one record. */
    Row(RecordSlot record, Key key, int wave) {
        this.record = record;
        this.carried = record.present();
        this.key = key;
        this.wave = wave;
        long own = record.creationMicros();
        this.creationMicros = own == RecordSlot.NO_TIME ? record.changeMicros() : own;
    }

    /** Takes in a later record of the key; {@code wins} if it is to be written in place of the one before. */
    void merge(RecordSlot later, boolean wins) {
        if (merged.isEmpty()) {
            merged = new ArrayList<>(4);
            merged.add(record);
        }
        merged.add(later);
        carried |= later.present();
        if (wins) {
            record = later;
        }
    }

    public RecordType type() {
        return record.type();
    }

    /** The record whose values are written. */
    public RecordSlot record() {
        return record;
    }

    /** All records that this row stands for, in ring order; more than one if records were merged. */
    public List<RecordSlot> records() {
        return merged.isEmpty() ? List.of(record) : Collections.unmodifiableList(merged);
    }

    /** What the creation time becomes if the row is new, UTC microseconds: that of the first of its records. */
    public long creationMicros() {
        return creationMicros;
    }

    /** Whether the record carries every column that any record of this row carries. */
    boolean isCoveredBy(RecordSlot later) {
        return (carried & ~later.present()) == 0;
    }

    Key key() {
        return key;
    }

    int wave() {
        return wave;
    }
}
