package dev.persistence.schema;

import dev.persistence.schema.ValueType.TimestampType;
import java.util.List;
import java.util.Optional;

/**
 * One declared kind of record and the table it is written to.
 *
 * @param name the JSON member and path segment, such as {@code tasks}
 * @param ordinal its place in the order of declaration, from 0; types are written in this order within a flush
 * @param table the table's name
 * @param columns all columns, in the order of declaration; at most {@value #MAX_COLUMNS}
 * @param key index of the key column
 * @param changeTime index of the column that holds a record's time of change, or {@value #NONE}
 * @param creationTime index of the column that is set once, on insert, or {@value #NONE}
 * @param exactKeys whether the table compares keys byte for byte; otherwise different bytes may be one key to it
 * @param numbered an undeclared column that the table numbers by itself (AUTO_INCREMENT), unique without the key
 */
public record RecordType(
        String name,
        int ordinal,
        String table,
        List<Column> columns,
        int key,
        int changeTime,
        int creationTime,
        boolean exactKeys,
        Optional<String> numbered) {

    /** Columns a type can have: a record's set of present fields is kept as the bits of a long. */
    public static final int MAX_COLUMNS = 64;

    /** In place of an index: the type has no such column. */
    public static final int NONE = -1;

    public RecordType {
        columns = List.copyOf(columns);
    }

    public Column keyColumn() {
        return columns.get(key);
    }

    /** Whether the newest record of a key wins; otherwise the one that arrived last does. */
    public boolean guarded() {
        return changeTime != NONE;
    }

    /** Whether the column is one of the two times that every row of this type gets, sent or not. */
    public boolean isRowTime(int column) {
        return column == changeTime || column == creationTime;
    }

    public TimestampType timestamp(int column) {
        return (TimestampType) columns.get(column).type();
    }

    /** This type as a real table narrows it. */
    public RecordType narrowed(List<Column> narrower, boolean exactKeys) {
        return new RecordType(name, ordinal, table, narrower, key, changeTime, creationTime, exactKeys, numbered);
    }

    /** This type as a table with such a column has it. */
    public RecordType numberedBy(String column) {
        return new RecordType(
                name, ordinal, table, columns, key, changeTime, creationTime, exactKeys, Optional.of(column));
    }
}
