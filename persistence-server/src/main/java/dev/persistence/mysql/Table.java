package dev.persistence.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of the connection's database as the server describes it.
 *
 * @param isView whether it is a view and not a table
 * @param engine its storage engine, or null
 * @param transactional whether that engine has transactions
 * @param columns by name in lower case, in the table's order
 * @param uniqueIndexes by name
 */
record Table(
        boolean isView,
        String engine,
        boolean transactional,
        Map<String, TableColumn> columns,
        Map<String, List<Part>> uniqueIndexes) {

    private static final Pattern JSON_VALID = Pattern.compile("(?i)json_valid\\s*\\(\\s*`?([^`()]+)`?\\s*\\)");

    /**
     * One column of an index.
     *
     * @param column its name in lower case; empty for an expression
     * @param whole whether all of the value is indexed, and not only its beginning
     */
    record Part(String column, boolean whole) {}

    /** Reads the description of a table; empty if there is none of that name. */
    static Optional<Table> read(Connection connection, Dialect dialect, String name) throws SQLException {
        String sql = "SELECT t.table_type, t.engine, e.transactions FROM information_schema.tables t"
                + " LEFT JOIN information_schema.engines e ON e.engine = t.engine"
                + " WHERE t.table_schema = DATABASE() AND t.table_name = ?";
        try (PreparedStatement statement = prepared(connection, sql, name);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new Table(
                    row.getString(1).contains("VIEW"),
                    row.getString(2),
                    "YES".equals(row.getString(3)),
                    columns(connection, name, jsonChecked(connection, dialect, name)),
                    uniqueIndexes(connection, name)));
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, String name) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, name);
        return statement;
    }

    private static Map<String, TableColumn> columns(Connection connection, String name, Set<String> jsonChecked)
            throws SQLException {
        String sql = "SELECT column_name, data_type, column_type, is_nullable, column_default, extra,"
                + " generation_expression, character_maximum_length, character_octet_length, numeric_precision,"
                + " numeric_scale, datetime_precision, character_set_name, collation_name"
                + " FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?"
                + " ORDER BY ordinal_position";
        Map<String, TableColumn> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = prepared(connection, sql, name);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                TableColumn column = column(row, jsonChecked);
                columns.put(column.name().toLowerCase(Locale.ROOT), column);
            }
        }
        return columns;
    }

    private static TableColumn column(ResultSet row, Set<String> jsonChecked) throws SQLException {
        String name = row.getString(1);
        String extra = row.getString(6) == null ? "" : row.getString(6).toLowerCase(Locale.ROOT);
        String expression = row.getString(7);
        return new TableColumn(
                name,
                row.getString(2).toLowerCase(Locale.ROOT),
                row.getString(3),
                row.getString(4).equals("YES"),
                row.getString(5) != null || extra.contains("auto_increment"),
                expression != null && !expression.isEmpty(),
                extra,
                length(row.getString(8)),
                length(row.getString(9)),
                row.getInt(10),
                row.getInt(11),
                row.getInt(12),
                row.getString(13),
                row.getString(14),
                jsonChecked.contains(name.toLowerCase(Locale.ROOT)));
    }

    private static long length(String unsigned) {
        return unsigned == null ? 0 : Long.parseLong(unsigned);
    }

    private static Map<String, List<Part>> uniqueIndexes(Connection connection, String name) throws SQLException {
        String sql = "SELECT index_name, column_name, sub_part FROM information_schema.statistics"
                + " WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 0"
                + " ORDER BY index_name, seq_in_index";
        Map<String, List<Part>> indexes = new LinkedHashMap<>();
        try (PreparedStatement statement = prepared(connection, sql, name);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String column = row.getString(2) == null ? "" : row.getString(2).toLowerCase(Locale.ROOT);
                indexes.computeIfAbsent(row.getString(1), index -> new ArrayList<>())
                        .add(new Part(column, row.getString(3) == null));
            }
        }
        return indexes;
    }

    private static Set<String> jsonChecked(Connection connection, Dialect dialect, String name) throws SQLException {
        String sql = dialect == Dialect.MARIADB
                ? "SELECT check_clause FROM information_schema.check_constraints"
                        + " WHERE constraint_schema = DATABASE() AND table_name = ?"
                : "SELECT c.check_clause FROM information_schema.check_constraints c"
                        + " JOIN information_schema.table_constraints t ON t.constraint_schema = c.constraint_schema"
                        + " AND t.constraint_name = c.constraint_name"
                        + " WHERE t.table_schema = DATABASE() AND t.table_name = ?";
        Set<String> columns = new HashSet<>();
        try (PreparedStatement statement = prepared(connection, sql, name);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Matcher matcher = JSON_VALID.matcher(row.getString(1));
                while (matcher.find()) {
                    columns.add(matcher.group(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        return columns;
    }

    TableColumn column(String name) {
        return columns.get(name.toLowerCase(Locale.ROOT));
    }
}
