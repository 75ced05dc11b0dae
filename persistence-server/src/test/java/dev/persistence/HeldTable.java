package dev.persistence;

import static org.awaitility.Awaitility.await;

import dev.persistence.mysql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Another session holds a table, so that a flush has to wait. */
public final class HeldTable implements AutoCloseable {

    private final TestDatabase database;
    private final Connection holder;

    public HeldTable(TestDatabase database, String table) throws SQLException {
        this.database = database;
        this.holder = database.connect();
        execute("LOCK TABLES " + table + " WRITE");
    }

    /** Waits until the service has begun a statement, which now hangs. */
    public void awaitWriter() {
        await().until(() -> !writers(database).isEmpty());
    }

    /** The connections that are in the middle of an upsert. */
    static List<String> writers(TestDatabase database) {
        return database.rows("SELECT id FROM information_schema.processlist WHERE db = '" + database.name()
                + "' AND info LIKE 'INSERT INTO `%' AND id <> CONNECTION_ID()");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Lets go, before the end of the block. */
    public void free() throws SQLException {
        execute("UNLOCK TABLES");
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
