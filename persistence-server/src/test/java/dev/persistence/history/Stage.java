package dev.persistence.history;

import dev.persistence.fault.DatabaseProcess;
import dev.persistence.fault.FaultProxy;
import dev.persistence.history.oracle.Shape;
import dev.persistence.history.oracle.TableRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A database of its own with the services that write to it. */
final class Stage implements AutoCloseable {

    /** The services' user: unlike root it feels it when the server is read-only. */
    static final String WRITER = "writer";

    private final DatabaseProcess server;
    private final String database;
    private final List<Instance> instances = new ArrayList<>();
    private final List<FaultProxy> backs = new ArrayList<>(); // one for each instance

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
                Instance instance = stage.add(own, logs);
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

    private Instance add(List<String> settings, Path logs) {
        FaultProxy back = FaultProxy.to(server.port());
        backs.add(back);
        String url = "jdbc:mysql://127.0.0.1:" + back.port() + "/" + database + "?user=" + WRITER + "&sslMode=DISABLED";
        Instance instance = new Instance(instances.size(), url, settings, logs);
        instances.add(instance);
        return instance;
    }

    /** Between an instance and the database. */
    FaultProxy back(Instance instance) {
        return backs.get(instance.life().instance());
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
        try (Connection connection = connect()) {
            return TableReader.rows(connection, prefix);
        }
    }

    /** Deletes what {@link #rows} returns. */
    void delete(String prefix) {
        for (Shape shape : Shape.values()) {
            server.execute("DELETE FROM " + database + "." + shape.table() + " WHERE " + shape.key() + " LIKE '"
                    + prefix + "%'");
        }
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        backs.forEach(FaultProxy::close);
        server.execute("DROP DATABASE " + database);
    }
}
