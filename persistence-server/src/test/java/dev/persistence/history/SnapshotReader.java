package dev.persistence.history;

import dev.persistence.history.client.Notebook;
import dev.persistence.history.oracle.History;
import dev.persistence.history.oracle.Shape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** Looks again and again at both tables, each time through one consistent snapshot, and notes which probes it saw. */
public final class SnapshotReader implements Runnable {

    /** Where it looks. */
    @FunctionalInterface
    public interface Source {

        Connection connect() throws SQLException;
    }

    private static final long PAUSE_MILLIS = 15;

    private final Source source;
    private final String prefix;
    private final Notebook notes;
    private final Thread thread = new Thread(this, "snapshot-reader");
    private volatile boolean stop;

    public SnapshotReader(Source source, String prefix, Notebook notes) {
        this.source = source;
        this.prefix = prefix;
        this.notes = notes;
        thread.start();
    }

    @Override
    public void run() {
        Set<String> before = Set.of();
        while (!stop) {
            try (Connection connection = source.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                while (!stop) {
                    Set<String> seen = read(statement);
                    if (!seen.equals(before)) {
                        notes.snapshot(seen);
                    }
                    before = seen;
                    pause();
                }
            } catch (SQLException down) {
                pause(); // the database is what the faults are about
            }
        }
    }

    private Set<String> read(Statement statement) throws SQLException {
        statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        Set<String> seen = new HashSet<>();
        // Tasks first: were this no snapshot, a task would be missed that came with a session that is seen.
        for (Shape shape : new Shape[] {Shape.TASKS, Shape.SESSIONS}) {
            try (ResultSet row = statement.executeQuery("SELECT " + shape.key() + " FROM " + shape.table() + " WHERE "
                    + shape.key() + " LIKE '" + prefix + "probe-%'")) {
                while (row.next()) {
                    seen.add(History.name(shape, row.getString(1)));
                }
            }
        }
        statement.execute("COMMIT");
        return seen;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            stop = true;
        }
    }

    /** Returns when it looks no more. */
    public void stop() throws InterruptedException {
        stop = true;
        thread.join();
    }
}
