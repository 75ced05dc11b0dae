package dev.persistence.history;

import dev.persistence.history.oracle.Shape;
import dev.persistence.history.oracle.TableRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads both tables as the oracle compares them. */
public final class TableReader {

    private TableReader() {}

    /** All rows whose keys begin with a prefix. */
    public static List<TableRow> rows(Connection connection, String prefix) throws SQLException {
        List<TableRow> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (Shape shape : Shape.values()) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + shape.table() + " WHERE " + shape.key()
                        + " LIKE '" + prefix + "%' ORDER BY " + shape.key())) {
                    while (row.next()) {
                        rows.add(row(shape, row));
                    }
                }
            }
        }
        return rows;
    }

    private static TableRow row(Shape shape, ResultSet row) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Shape.Column column : shape.columns()) {
            values.put(column.name(), row.getString(column.name()));
        }
        return new TableRow(
                shape,
                row.getString(shape.key()),
                values,
                micros(row.getString("updated_at")),
                micros(row.getString("created_at")));
    }

    /** The driver leaves out zeros at the end of a fraction. */
    private static String micros(String time) {
        String withPoint = time.indexOf('.') < 0 ? time + "." : time;
        return withPoint + "0".repeat(Math.max(0, 26 - withPoint.length()));
    }
}
