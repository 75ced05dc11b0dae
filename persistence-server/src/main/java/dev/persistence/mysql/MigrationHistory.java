package dev.persistence.mysql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The quick look at Flyway's history table: whether exactly the shipped migrations, unchanged, were applied with success.
 * It only ever answers yes where Flyway would find nothing to do and nothing to complain of; everything else, such as a
 * failed or a later migration, is Flyway's to judge.
 */
final class MigrationHistory {

    static final String FOLDER = "db/migration/";

    /** In order. A test holds it against the folder. */
    static final List<String> SHIPPED = List.of("V1__sessions_and_tasks.sql");

    private MigrationHistory() {}

    static boolean isUpToDate(ConnectionPool pool, String historyTable) {
        try (Connection connection = pool.connection()) {
            boolean upToDate = applied(connection, historyTable).equals(shipped());
            connection.rollback();
            return upToDate;
        } catch (SQLException noHistory) {
            return false;
        }
    }

    /** A line a row; a baseline stands for tables that were there before the first migration. */
    private static List<String> applied(Connection connection, String historyTable) throws SQLException {
        List<String> applied = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT type, script, checksum, success FROM " + historyTable
                        + " WHERE type <> 'BASELINE' ORDER BY installed_rank")) {
            while (row.next()) {
                applied.add(line(row.getString(1), row.getString(2), row.getInt(3), row.getBoolean(4)));
            }
        }
        return applied;
    }

    private static List<String> shipped() {
        return SHIPPED.stream()
                .map(script -> line("SQL", script, checksum(script), true))
                .toList();
    }

    private static String line(String type, String script, int checksum, boolean success) {
        return type + " " + script + " " + checksum + " " + success;
    }

    /** As Flyway reckons it: over the lines, whatever ends them. */
    private static int checksum(String script) {
        CRC32 checksum = new CRC32();
        try (InputStream file = MigrationHistory.class.getClassLoader().getResourceAsStream(FOLDER + script);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                checksum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return (int) checksum.getValue();
    }
}
