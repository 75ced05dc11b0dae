package dev.persistence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the contract says becomes of rows, in its simplest form: records applied one after another. Times are texts that
 * sort. It shares nothing with the code under test.
 */
final class RowModel {

    /** The time of every record that carries none; the histories' own times are all before or all after it. */
    static final String ARRIVAL = "2500";

    private final boolean guarded;
    private final String key;
    private final Map<String, String> defaults;
    private final Map<String, Map<String, String>> rows = new TreeMap<>();

    /** @param defaults the columns that are compared, row times excepted, with null where there is no default */
    RowModel(boolean guarded, String key, Map<String, String> defaults) {
        this.guarded = guarded;
        this.key = key;
        this.defaults = defaults;
    }

    void apply(Map<String, ?> record) {
        String time = Objects.requireNonNullElse((String) record.get("updated_at"), ARRIVAL);
        Map<String, String> row = rows.get((String) record.get(key));
        if (row == null) {
            row = new LinkedHashMap<>(defaults);
            if (guarded) {
                row.put("created_at", Objects.requireNonNullElse((String) record.get("created_at"), time));
            }
            rows.put((String) record.get(key), row);
        } else if (guarded && time.compareTo(row.get("updated_at")) < 0) {
            return;
        }
        for (String column : defaults.keySet()) {
            if (record.containsKey(column)) {
                Object value = record.get(column);
                row.put(column, value == null ? defaults.get(column) : value.toString());
            }
        }
        if (guarded) {
            row.put("updated_at", time);
        }
    }

    Map<String, Map<String, String>> rows() {
        return rows;
    }
}
