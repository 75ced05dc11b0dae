package dev.persistence.bench.reference;

import dev.persistence.schema.RecordType;
import java.time.LocalDateTime;

/** One record with the values that a JDBC driver takes. Immutable: nobody changes the array that it is made of. */
public final class TypedRecord {

    private final RecordType type;
    private final long present;
    private final Object[] values;

    /**
     * Of values in the order of the type's columns.
     *
     * @param present one bit for each column that the record carries, row times excepted
     * @param values String, Integer, Long, BigDecimal, Boolean, LocalDateTime (UTC) or null; of an absent column its
     *     default; of a row time that was not sent null
     */
    TypedRecord(RecordType type, long present, Object[] values) {
        this.type = type;
        this.present = present;
        this.values = values;
    }

    public RecordType type() {
        return type;
    }

    /** What decides the form of its statement. */
    Shape shape() {
        return new Shape(type, present);
    }

    /** Whether a statement for one can carry the other. */
    boolean sameShape(TypedRecord other) {
        return type.ordinal() == other.type.ordinal() && present == other.present;
    }

    /** The value of a column; of a row time that was not sent, what the service would take. */
    Object value(int column, LocalDateTime now) {
        Object value = values[column];
        if (value != null) {
            return value;
        } else if (column == type.changeTime()) {
            return now;
        } else if (column == type.creationTime()) {
            return type.guarded() ? value(type.changeTime(), now) : now;
        }
        return null;
    }

    /** A type with the columns that are present. */
    record Shape(RecordType type, long present) {

        /** By the type's place: comparing all of its columns would cost more than binding a row. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Shape shape && type.ordinal() == shape.type.ordinal() && present == shape.present;
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(present) + type.ordinal();
        }
    }
}
