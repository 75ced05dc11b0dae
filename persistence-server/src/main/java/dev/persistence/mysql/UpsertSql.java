package dev.persistence.mysql;

import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The multi-row upsert for one set of present columns. An absent column is written only on insert, and only if it has a
 * declared default. The guard lets a row that is newer than the incoming one keep each of its values; a row without a
 * time of change is older than everything. The time of change comes last, because assignments take effect from left to
 * right and each of them compares with the time before.
 */
final class UpsertSql {

    private static final byte[] NULL = ascii("NULL");
    private static final String OUT_OF_RANGE = "99999999999999999999"; // of every integer; assigning NULL would be 0

    private final RecordType type;
    private final int[] columns;
    private final byte[] head;
    private final byte[] defaults;
    private final byte[] tail;

    private UpsertSql(RecordType type, int[] columns, byte[] head, byte[] defaults, byte[] tail) {
        this.type = type;
        this.columns = columns;
        this.head = head;
        this.defaults = defaults;
        this.tail = tail;
    }

    /** @param present one bit for each column that the records carry, row times excepted */
    static UpsertSql of(Dialect dialect, RecordType type, long present) {
        List<Integer> sent = new ArrayList<>();
        List<Integer> defaulted = new ArrayList<>();
        for (int column = 0; column < type.columns().size(); column++) {
            if (type.isRowTime(column)) {
                continue;
            }
            if (column == type.key() || (present & 1L << column) != 0) {
                sent.add(column);
            } else if (type.columns().get(column).defaultValue().isPresent()) {
                defaulted.add(column);
            }
        }
        List<Integer> all = new ArrayList<>(sent);
        all.addAll(defaulted);
        rowTimes(type).forEach(all::add);
        String head = all.stream()
                .map(column -> "`" + name(type, column) + "`")
                .collect(Collectors.joining(", ", "INSERT INTO `" + type.table() + "` (", ") VALUES "));
        String tail = dialect.rowAlias(type.table()) + " ON DUPLICATE KEY UPDATE "
                + String.join(", ", assignments(dialect, type, sent));
        return new UpsertSql(
                type,
                sent.stream().mapToInt(Integer::intValue).toArray(),
                ascii(head),
                defaultLiterals(type, defaulted),
                ascii(tail));
    }

    private static List<Integer> rowTimes(RecordType type) {
        List<Integer> times = new ArrayList<>();
        if (type.creationTime() != RecordType.NONE) {
            times.add(type.creationTime());
        }
        if (type.guarded()) {
            times.add(type.changeTime());
        }
        return times;
    }

    private static List<String> assignments(Dialect dialect, RecordType type, List<Integer> sent) {
        List<String> assignments = new ArrayList<>();
        type.numbered().ifPresent(column -> assignments.add(refuseOtherRow(dialect, type, column)));
        if (type.creationTime() != RecordType.NONE) {
            // Its own value: a table may have ON UPDATE CURRENT_TIMESTAMP here, which this keeps from firing.
            assignments.add(keep(type, type.creationTime()));
        }
        for (int column : sent) {
            if (column != type.key()) {
                assignments.add(assignment(dialect, type, column));
            }
        }
        if (type.guarded()) {
            assignments.add(assignment(dialect, type, type.changeTime()));
        }
        return assignments.isEmpty() ? List.of(keep(type, type.key())) : assignments;
    }

    /**
     * Where a table numbers its rows and the numbers are used up, MySQL gives the last one again, so that a new row
     * would change the one that has it. Then the statement is to fail.
     */
    private static String refuseOtherRow(Dialect dialect, RecordType type, String numbered) {
        String key = type.keyColumn().name();
        String current = "`" + type.table() + "`.`";
        return "`" + numbered + "` = IF(" + current + key + "` = " + dialect.incoming(type.table(), key) + ", "
                + current + numbered + "`, " + OUT_OF_RANGE + ")";
    }

    private static String keep(RecordType type, int column) {
        return "`" + name(type, column) + "` = " + current(type, column);
    }

    private static String assignment(Dialect dialect, RecordType type, int column) {
        String incoming = dialect.incoming(type.table(), name(type, column));
        if (!type.guarded()) {
            return "`" + name(type, column) + "` = " + incoming;
        }
        int time = type.changeTime();
        return "`" + name(type, column) + "` = IF(" + current(type, time) + " > "
                + dialect.incoming(type.table(), name(type, time)) + ", " + current(type, column) + ", " + incoming
                + ")";
    }

    private static String current(RecordType type, int column) {
        return "`" + type.table() + "`.`" + name(type, column) + "`";
    }

    private static String name(RecordType type, int column) {
        return type.columns().get(column).name();
    }

    private static byte[] defaultLiterals(RecordType type, List<Integer> defaulted) {
        StatementText text = new StatementText();
        for (int index : defaulted) {
            Column column = type.columns().get(index);
            byte[] value = column.defaultValue().orElseThrow().getBytes(StandardCharsets.UTF_8);
            text.raw(ascii(", "));
            value(text, column.type(), value, 0, value.length);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    void begin(StatementText text) {
        text.clear();
        text.raw(head);
    }

    /** Appends one row; {@code creationMicros} is what its creation time becomes if it is new. */
    void row(StatementText text, RecordSlot record, long creationMicros) {
        text.raw('(');
        for (int index = 0; index < columns.length; index++) {
            if (index > 0) {
                text.raw(',');
            }
            int column = columns[index];
            if (record.isNull(column)) {
                text.raw(NULL);
            } else {
                value(
                        text,
                        type.columns().get(column).type(),
                        record.values(),
                        record.start(column),
                        record.end(column));
            }
        }
        text.raw(defaults);
        if (type.creationTime() != RecordType.NONE) {
            time(text, type.creationTime(), creationMicros);
        }
        if (type.guarded()) {
            time(text, type.changeTime(), record.changeMicros());
        }
        text.raw(')');
    }

    private void time(StatementText text, int column, long micros) {
        text.raw(',');
        text.moment(micros, type.timestamp(column).fractionDigits());
    }

    private static void value(StatementText text, ValueType type, byte[] source, int start, int end) {
        if (type.quoted()) {
            text.quoted(source, start, end);
        } else {
            text.number(source, start, end);
        }
    }

    void end(StatementText text) {
        text.raw(tail);
    }

    int tailBytes() {
        return tail.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
