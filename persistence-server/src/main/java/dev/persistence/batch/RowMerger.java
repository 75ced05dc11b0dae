package dev.persistence.batch;

import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.ValueType.IntegerType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns the records of one type into rows. A record takes the place of an earlier one of its key where that changes
 * nothing in the result; where it may not, both are written, in successive <em>waves</em>: wave n holds the n-th row of
 * a key, so that within a wave each key stands once and sorting it by key is harmless.
 */
final class RowMerger {

    private final RecordType type;
    private final boolean uniformIdentity;
    private final Map<Key, Row> latest;
    private final List<List<Row>> waves = new ArrayList<>();

    private RowMerger(RecordType type, List<RecordSlot> records) {
        this.type = type;
        this.latest = new HashMap<>(2 * records.size());
        this.uniformIdentity = !type.exactKeys() && !records.stream().allMatch(this::hasPlainKey);
    }

    /** The rows of the records, which are given in ring order, in the order of writing. */
    static List<RowGroup> merge(RecordType type, List<RecordSlot> records) {
        RowMerger merger = new RowMerger(type, records);
        records.forEach(merger::add);
        return merger.groups();
    }

    private void add(RecordSlot record) {
        Key key = Key.of(record);
        Key identity = type.exactKeys() ? key : identity(record);
        Row before = latest.get(identity);
        if (before == null) {
            latest.put(identity, newRow(record, key, 0));
        } else if (!before.key().equals(key)) {
            latest.put(identity, newRow(record, key, before.wave() + 1)); // may be one key to the table: keep the order
        } else if (isOlder(record, before.record())) {
            before.merge(record, false); // after the one before, the row is newer in any case
        } else if (before.isCoveredBy(record)) { // older ones included: they count if the database refuses the newer
            before.merge(record, true);
        } else {
            latest.put(identity, newRow(record, key, before.wave() + 1));
        }
    }

    private Row newRow(RecordSlot record, Key key, int wave) {
        Row row = new Row(record, key, wave);
        if (wave == waves.size()) {
            waves.add(new ArrayList<>());
        }
        waves.get(wave).add(row);
        return row;
    }

    private boolean isOlder(RecordSlot record, RecordSlot before) {
        return type.guarded() && record.changeMicros() < before.changeMicros();
    }

    private List<RowGroup> groups() {
        boolean numbers = type.keyColumn().type() instanceof IntegerType;
        Comparator<Row> order = Comparator.comparing(Row::key, numbers ? Key.NUMERIC_ORDER : Comparator.naturalOrder());
        List<RowGroup> groups = new ArrayList<>();
        for (List<Row> wave : waves) {
            wave.sort(order);
            groups.addAll(byColumns(wave));
        }
        return groups;
    }

    private List<RowGroup> byColumns(List<Row> wave) {
        long first = wave.get(0).record().present();
        if (wave.stream().allMatch(row -> row.record().present() == first)) { // nearly always
            return List.of(new RowGroup(type, first, wave));
        }
        Map<Long, List<Row>> byColumns = new TreeMap<>();
        for (Row row : wave) {
            byColumns
                    .computeIfAbsent(row.record().present(), present -> new ArrayList<>())
                    .add(row);
        }
        List<RowGroup> groups = new ArrayList<>();
        byColumns.forEach((present, rows) -> groups.add(new RowGroup(type, present, rows)));
        return groups;
    }

    /**
     * Records of the same identity may be one row of a table that does not compare keys byte for byte (case, accents,
     * trailing spaces): letters are folded; and as soon as one key goes beyond printable ASCII, where only the database
     * knows its own rules, all records are taken as one identity and written strictly one after another.
     */
    private Key identity(RecordSlot record) {
        return Key.of(uniformIdentity ? new byte[0] : fold(record.key()));
    }

    private boolean hasPlainKey(RecordSlot record) {
        for (byte b : record.key()) {
            if (b < ' ' || b == 0x7F) { // bytes beyond ASCII are negative
                return false;
            }
        }
        return true;
    }

    private static byte[] fold(byte[] key) {
        int length = key.length;
        while (length > 0 && key[length - 1] == ' ') {
            length--;
        }
        byte[] folded = new byte[length];
        for (int i = 0; i < length; i++) {
            folded[i] = key[i] >= 'A' && key[i] <= 'Z' ? (byte) (key[i] + ('a' - 'A')) : key[i];
        }
        return folded;
    }
}
