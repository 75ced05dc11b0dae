package dev.persistence.history;

import dev.persistence.fault.DatabaseProcess;
import dev.persistence.history.oracle.Shape;
import dev.persistence.history.oracle.TableRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database of its own with the services that write to it. */
final class Stage implements AutoCloseable {

    /** The services' user: unlike root it feels it when the server is read-only. */
    static final String WRITER = "writer";

    private final DatabaseProcess server;
    private final String database;
    private final List<Instance> instances = new ArrayList<>();

    private Stage(DatabaseProcess server) {
        this.server = server;
        this.database = server.createDatabase();
        server.execute(
                "CREATE USER IF NOT EXISTS '" + WRITER + "'@'127.0.0.1'",
                "GRANT SELECT, INSERT, UPDATE, CREATE, ALTER, DROP, INDEX, REFERENCES ON *.* TO '" + WRITER
                        + "'@'127.0.0.1'");
    }

    /** Starts an instance for each of the settings, and waits for all. */
    static Stage open(DatabaseProcess server, List<List<String>> settings, Path logs) {
        Stage stage = new Stage(server);
        try {
            for (List<String> own : settings) {
                Instance instance = new Instance(stage.instances.size(), server, stage.database, own, logs);
                stage.instances.add(instance);
                instance.launch();
                if (stage.instances.size() == 1) {
                    instance.awaitListening(); // it makes the tables
                }
            }
            stage.instances.forEach(Instance::awaitListening);
            server.execute(
                    "ALTER TABLE " + stage.database + ".translation_tasks ADD CHECK (status <> 'refused')",
                    "CREATE TABLE " + stage.database + ".weights (id INT PRIMARY KEY)");
            return stage;
        } catch (RuntimeException | Error failed) {
            stage.close();
            throw failed;
        }
    }

    DatabaseProcess server() {
        return server;
    }

    String database() {
        return database;
    }

    List<Instance> instances() {
        return List.copyOf(instances);
    }

    Connection connect() throws SQLException {
        return server.connect(database);
    }

    /** All rows whose keys begin with a prefix. */
    List<TableRow> rows(String prefix) throws SQLException {
        List<TableRow> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (Shape shape : Shape.values()) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT * FROM " + shape.table() + " WHERE " + shape.key() + " LIKE '" + prefix + "%'")) {
                    while (row.next()) {
                        rows.add(row(shape, row));
                    }
                }
            }
        }
        return rows;
    }

    /** Deletes what {@link #rows} returns. */
    void delete(String prefix) {
        for (Shape shape : Shape.values()) {
            server.execute("DELETE FROM " + database + "." + shape.table() + " WHERE " + shape.key() + " LIKE '"
                    + prefix + "%'");
        }
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

    @Override
    public void close() {
        instances.forEach(Instance::close);
        server.execute("DROP DATABASE " + database);
    }
}
