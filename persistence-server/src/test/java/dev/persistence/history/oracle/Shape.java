package dev.persistence.history.oracle;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A record type as histories use it: the columns that are compared, each with its default. Row times come on top. */
public enum Shape {
    SESSIONS(
            "translation_sessions",
            "session_id",
            "{\"session_id\":\"%s\",\"file_path\":\"/f\",\"llm_provider\":\"none\""),
    TASKS(
            "translation_tasks",
            "task_id",
            "{\"task_id\":\"%s\",\"session_id\":\"s\",\"batch_id\":\"b\",\"sheet_name\":\"s\",\"row_index\":1,"
                    + "\"column_name\":\"c\"");

    private static final Map<Shape, List<Column>> COLUMNS = Map.of(
            SESSIONS,
            List.of(
                    new Column("filename", true, null),
                    new Column("status", true, null),
                    new Column("metadata", false, null),
                    new Column("total_tasks", false, "0"),
                    new Column("completed_tasks", false, "0")),
            TASKS,
            List.of(
                    new Column("source_text", true, null),
                    new Column("status", true, null),
                    new Column("target_text", true, null),
                    new Column("context", true, null),
                    new Column("confidence", false, null),
                    new Column("retry_count", false, "0"),
                    new Column("duration_ms", false, null)));

    /**
     * A column that is compared.
     *
     * @param quoted whether its value is a string in JSON; otherwise the text is JSON itself
     * @param otherwise its value where a new row's record carries none, or null
     */
    public record Column(String name, boolean quoted, String otherwise) {}

    private final String table;
    private final String key;
    private final String head;

    Shape(String table, String key, String head) {
        this.table = table;
        this.key = key;
        this.head = head;
    }

    public String table() {
        return table;
    }

    public String key() {
        return key;
    }

    /** The name in paths and bodies. */
    public String plural() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public List<Column> columns() {
        return COLUMNS.get(this);
    }

    /** An item as JSON, with what every record needs and the oracle does not compare. */
    public String json(Item item) {
        StringBuilder json = new StringBuilder(head.formatted(item.key()));
        for (Column column : columns()) {
            if (item.fields().containsKey(column.name())) {
                member(json, column.name(), column.quoted(), item.fields().get(column.name()));
            }
        }
        Optional.ofNullable(item.updatedAt()).ifPresent(time -> member(json, "updated_at", true, time));
        Optional.ofNullable(item.createdAt()).ifPresent(time -> member(json, "created_at", true, time));
        return json.append('}').toString();
    }

    private static void member(StringBuilder json, String name, boolean quoted, String value) {
        String quote = quoted && value != null ? "\"" : "";
        json.append(",\"")
                .append(name)
                .append("\":")
                .append(quote)
                .append(value)
                .append(quote);
    }
}
