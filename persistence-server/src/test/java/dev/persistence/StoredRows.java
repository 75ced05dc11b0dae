package dev.persistence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of the shipped tables, to be held against what was sent. Not thread-safe. */
public final class StoredRows {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Map<String, String> KEYS =
            Map.of("translation_sessions", "session_id", "translation_tasks", "task_id");

    private final Map<String, Map<String, Map<String, String>>> tables = new HashMap<>(); // by table and key

    private StoredRows() {}

    public static StoredRows read(TestDatabase database) throws SQLException {
        StoredRows all = new StoredRows();
        for (Map.Entry<String, String> table : KEYS.entrySet()) {
            Map<String, Map<String, String>> rows = new HashMap<>();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT * FROM " + table.getKey())) {
                while (row.next()) {
                    rows.put(row.getString(table.getValue()), values(row));
                }
            }
            all.tables.put(table.getKey(), rows);
        }
        return all;
    }

    private static Map<String, String> values(ResultSet row) throws SQLException {
        Map<String, String> values = new HashMap<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            values.put(row.getMetaData().getColumnName(column), row.getString(column));
        }
        return values;
    }

    /** Whether there is a row of this key that has these values, as they were sent. */
    public boolean has(String table, Map<String, String> sent) {
        return differences(table, sent, row(table, sent)).isEmpty();
    }

    /** Whether there is any row of this key. */
    public boolean hasKey(String table, Map<String, String> sent) {
        return row(table, sent) != null;
    }

    /** How the row of this key differs from what is expected; it is no longer among the {@link #rest}. */
    List<String> take(String table, Map<String, String> expected) {
        List<String> differences = differences(table, expected, row(table, expected));
        tables.get(table).remove(expected.get(KEYS.get(table)));
        return differences;
    }

    /** The rows that nobody has taken. */
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        tables.forEach((table, rows) -> rows.keySet().forEach(key -> rest.add(table + " " + key + ": extra")));
        return rest;
    }

    private Map<String, String> row(String table, Map<String, String> sent) {
        return tables.get(table).get(sent.get(KEYS.get(table)));
    }

    private static List<String> differences(String table, Map<String, String> expected, Map<String, String> actual) {
        String name = table + " " + expected.get(KEYS.get(table));
        if (actual == null) {
            return List.of(name + ": missing");
        }
        List<String> differences = new ArrayList<>();
        expected.forEach((column, value) -> {
            String found = actual.get(column);
            if (!same(value, found)) {
                differences.add(name + " " + column + ": " + found + " instead of " + value);
            }
        });
        return differences;
    }

    private static boolean same(String expected, String actual) {
        if (expected == null || actual == null || expected.equals(actual)) {
            return expected == null ? actual == null : expected.equals(actual);
        } else if (expected.matches("\\d{4}-\\d\\d-\\d\\dT.*")) {
            return (expected.replace('T', ' ') + "000000").startsWith(actual);
        }
        return expected.matches("[0-9.]+")
                && actual.matches("[0-9.]+")
                && new BigDecimal(expected).compareTo(new BigDecimal(actual)) == 0;
    }

    /** The members of a JSON object: scalars as text, the rest as compact JSON. */
    public static Map<String, String> members(String json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return members(parser);
        }
    }

    private static Map<String, String> members(JsonParser parser) throws IOException {
        Map<String, String> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            members.put(
                    name,
                    value == JsonToken.VALUE_NULL ? null : value.isStructStart() ? compact(parser) : parser.getText());
        }
        return members;
    }

    /** The elements of a JSON array of objects, each as its {@link #members}. */
    public static List<Map<String, String>> elements(String json) throws IOException {
        List<Map<String, String>> elements = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                elements.add(members(parser));
            }
        }
        return elements;
    }

    private static String compact(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
