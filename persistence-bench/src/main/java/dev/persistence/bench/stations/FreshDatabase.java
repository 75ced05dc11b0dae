package dev.persistence.bench.stations;

import dev.persistence.mysql.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/** A database made for one trial, and dropped after it, however that ends. */
public final class FreshDatabase implements AutoCloseable {

    private final String serverUrl;
    private final String name;
    private final Thread dropAtExit = new Thread(this::drop, "drop-database");

    private FreshDatabase(String serverUrl, String name) {
        this.serverUrl = serverUrl;
        this.name = name;
    }

    /** Creates it on a server of {@link DatabaseServers}. */
    public static FreshDatabase on(String serverName) throws SQLException {
        String random = UUID.randomUUID().toString().substring(0, 8);
        FreshDatabase database = new FreshDatabase(DatabaseServers.url(serverName), "bench_stations_" + random);
        execute(database.serverUrl, "CREATE DATABASE `" + database.name + "` CHARACTER SET utf8mb4");
        Runtime.getRuntime().addShutdownHook(database.dropAtExit);
        return database;
    }

    /** Where it is, as the service's pool takes it. */
    public DatabaseSettings settings() {
        return new DatabaseSettings("localhost", 3306, "root", "", name, 2, Optional.of(url()), true);
    }

    private String url() {
        int query = serverUrl.indexOf('?');
        String place = query < 0 ? serverUrl : serverUrl.substring(0, query);
        String properties = query < 0 ? "" : serverUrl.substring(query);
        int path = place.indexOf('/', place.indexOf("//") + 2);
        return (path < 0 ? place : place.substring(0, path)) + "/" + name + properties;
    }

    /** Runs a statement in it, outside the service's pool. */
    public void execute(String sql) throws SQLException {
        execute(url(), sql);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        Runtime.getRuntime().removeShutdownHook(dropAtExit);
        execute(serverUrl, "DROP DATABASE `" + name + "`");
    }

    /** JMH does not tear down what failed, nor what was interrupted. */
    private void drop() {
        try {
            execute(serverUrl, "DROP DATABASE IF EXISTS `" + name + "`");
        } catch (SQLException unreachable) {
            System.err.println("The database " + name + " could not be dropped: " + unreachable.getMessage());
        }
    }
}
