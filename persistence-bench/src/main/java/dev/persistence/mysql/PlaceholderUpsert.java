package dev.persistence.mysql;

import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import java.util.Arrays;
import java.util.List;

/**
 * The service's own upsert with placeholders in place of values, for the ways without this service: what they are
 * compared by must be the same statement, guard included. Immutable.
 */
public final class PlaceholderUpsert {

    private static final int MOST_PLACEHOLDERS = 65_535; // of the protocol

    private final String head;
    private final String tail;
    private final String row;
    private final int[] columns;

    private PlaceholderUpsert(String head, String tail, int[] columns) {
        this.head = head;
        this.tail = tail;
        this.columns = columns;
        this.row = "(" + "?,".repeat(columns.length - 1) + "?)";
    }

    /**
     * The upsert of records that carry the same columns.
     *
     * @param present one bit for each of these columns, row times excepted
     */
    public static PlaceholderUpsert of(Dialect dialect, RecordType type, long present) {
        UpsertSql upsert = UpsertSql.of(dialect, type, present);
        StatementText text = new StatementText();
        upsert.begin(text);
        String head = text.toString();
        text.clear();
        upsert.end(text);
        return new PlaceholderUpsert(head, text.toString(), columns(type, head));
    }

    private static int[] columns(RecordType type, String head) {
        List<String> names = type.columns().stream().map(Column::name).toList();
        String list = head.substring(head.indexOf('(') + 1, head.lastIndexOf(')'));
        return Arrays.stream(list.split(",\\s*"))
                .mapToInt(quoted -> names.indexOf(quoted.replace("`", "")))
                .toArray();
    }

    /** The statement for so many rows. */
    public String sql(int rows) {
        if (rows < 1 || rows > mostRows()) {
            throw new IllegalArgumentException("rows of a statement: " + rows + " (expected 1 to " + mostRows()
                    + ": a statement has at most " + MOST_PLACEHOLDERS + " placeholders)");
        }
        return head + (row + ",").repeat(rows - 1) + row + tail;
    }

    /** The most rows that one statement can have. */
    public int mostRows() {
        return MOST_PLACEHOLDERS / columns.length;
    }

    /** Placeholders of a row. */
    public int width() {
        return columns.length;
    }

    /** The column, by its index in the type, that a placeholder of a row (from 0) stands for. */
    public int column(int placeholder) {
        return columns[placeholder];
    }
}
