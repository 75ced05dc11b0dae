package dev.persistence.bench.target;

import dev.persistence.embedded.EmbeddedDatabase;
import dev.persistence.embedded.EmbeddedDatabaseException;
import dev.persistence.mysql.ConnectionPool;
import dev.persistence.mysql.DatabaseException;
import dev.persistence.mysql.DatabaseSettings;
import dev.persistence.mysql.SchemaException;
import dev.persistence.mysql.SchemaMigration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of a benchmark's own, with a name that nobody else uses, dropped at the close and at the end of this JVM.
 * It has no tables until {@link #createTables} or the service makes them. Any thread; whatever cannot be done is a
 * {@link TargetException}.
 */
public final class BenchDatabase implements AutoCloseable {

    /** In place of a URL: the embedded MariaDB. */
    public static final String EMBEDDED = "embedded";

    public static final String TASKS = "translation_tasks";
    public static final String SESSIONS = "translation_sessions";

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Optional<EmbeddedDatabase> embedded;
    private final ServerUrl server;
    private final String name;
    private final Thread dropAtExit;

    // Guarded by this: one connection for counts and counters, kept because a measured run asks many times a second.
    private Connection watching;
    private boolean closed;

    private BenchDatabase(ServerUrl server, Optional<EmbeddedDatabase> embedded) {
        this.embedded = embedded;
        this.server = server;
        this.name = "bench_" + ProcessHandle.current().pid() + "_" + Long.toString(System.nanoTime(), 36) + "_"
                + COUNTER.incrementAndGet();
        this.dropAtExit = new Thread(this::drop, "drop-" + name);
    }

    /**
     * Creates a database on the server of this URL.
     *
     * @param where {@code jdbc:mysql://host:port/?user=…}, of a user who may create databases (a database named in it is
     *     left alone), or {@value #EMBEDDED}
     */
    public static BenchDatabase open(String where) {
        return where.equals(EMBEDDED)
                ? embedded()
                : created(new BenchDatabase(ServerUrl.parse(where), Optional.empty()));
    }

    /** Creates one on an embedded MariaDB, which ends with it. */
    public static BenchDatabase embedded() {
        EmbeddedDatabase started;
        try {
            started = EmbeddedDatabase.start(Optional.empty());
        } catch (EmbeddedDatabaseException failed) {
            throw new TargetException(failed.getMessage(), failed);
        }
        ServerUrl server = ServerUrl.parse("jdbc:mysql://" + started.host() + ":" + started.port() + "/?user="
                + started.user() + "&password=" + started.password());
        try {
            return created(new BenchDatabase(server, Optional.of(started)));
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    private static BenchDatabase created(BenchDatabase database) {
        database.onServer("CREATE DATABASE `" + database.name + "` CHARACTER SET utf8mb4");
        Runtime.getRuntime().addShutdownHook(database.dropAtExit);
        return database;
    }

    /** The JDBC URL of this database; holds the password, so it is for programs only. */
    public String url() {
        return server.database(name);
    }

    public String name() {
        return name;
    }

    /** Where it is, for people: {@code bench_… at 127.0.0.1:3306}. */
    public String place() {
        return name + " at " + server.place();
    }

    /** A new connection to it, the caller's to close; autocommit is on and the session is the server's default. */
    public Connection connection() {
        return connect(url());
    }

    /** Creates the shipped tables as the service would. */
    public void createTables() {
        DatabaseSettings settings =
                new DatabaseSettings("localhost", 3306, "root", "", name, 2, Optional.of(url()), true);
        try (ConnectionPool pool = ConnectionPool.open(settings)) {
            new SchemaMigration(pool).migrate();
        } catch (DatabaseException | SchemaException failed) {
            throw new TargetException("database " + place() + ": " + failed.getMessage(), failed);
        }
    }

    /** Drops it with all that is in it, and creates it and the shipped tables afresh. */
    public void recreate() {
        synchronized (this) {
            forgetWatching();
        }
        onServer("DROP DATABASE IF EXISTS `" + name + "`", "CREATE DATABASE `" + name + "` CHARACTER SET utf8mb4");
        createTables();
    }

    /** Empties both tables. */
    public void truncate() {
        execute(url(), "TRUNCATE TABLE " + TASKS, "TRUNCATE TABLE " + SESSIONS);
    }

    /** Rows of a table that are committed. */
    public long count(String table) {
        return watched("SELECT COUNT(*) FROM `" + table + "`", statement -> {});
    }

    /** Tasks of a session that are committed. */
    public long countOfSession(String sessionId) {
        return watched(
                "SELECT COUNT(*) FROM " + TASKS + " WHERE session_id = ?",
                statement -> statement.setString(1, sessionId));
    }

    /** The server's counters now. */
    public synchronized ServerStatus status() {
        try (Statement statement = watching().createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS")) {
            Map<String, Long> counters = new HashMap<>();
            while (row.next()) {
                String value = row.getString(2);
                if (value != null && value.matches("-?\\d{1,18}")) {
                    counters.put(row.getString(1), Long.parseLong(value));
                }
            }
            return new ServerStatus(counters);
        } catch (SQLException failed) {
            throw failure("its status cannot be read", failed);
        }
    }

    /** A variable of the server such as {@code innodb_buffer_pool_size}; empty if it has none of this name. */
    public synchronized Optional<String> variable(String variable) {
        try (PreparedStatement statement =
                watching().prepareStatement("SHOW GLOBAL VARIABLES WHERE Variable_name = ?")) {
            statement.setString(1, variable);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(2)) : Optional.empty();
            }
        } catch (SQLException failed) {
            throw failure("its variable " + variable + " cannot be read", failed);
        }
    }

    /** The server's name and version, such as {@code MySQL 9.7.4} or {@code MariaDB 11.4.5-MariaDB}. */
    public String version() {
        String version = variable("version").orElse("unknown");
        return (version.contains("MariaDB") ? "MariaDB " : "MySQL ") + version;
    }

    /** The server's process, where it runs on this machine and this user may read its pid file. */
    public OptionalLong serverPid() {
        Optional<String> file = variable("pid_file");
        Optional<String> folder = variable("datadir");
        return file.isEmpty() || folder.isEmpty()
                ? OptionalLong.empty()
                : PidFile.runningDatabase(Path.of(folder.get()).resolve(file.get()));
    }

    /** Drops the database, and ends the server if it is the embedded one. Closing again does nothing. */
    @Override
    public void close() {
        drop();
        try {
            Runtime.getRuntime().removeShutdownHook(dropAtExit);
        } catch (IllegalStateException exiting) {
            return; // the hook runs, or has run, and finds nothing to do
        }
    }

    private synchronized void drop() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            forgetWatching();
            if (embedded.isEmpty()) {
                onServer("DROP DATABASE IF EXISTS `" + name + "`");
            }
        } finally {
            embedded.ifPresent(EmbeddedDatabase::close);
        }
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private synchronized long watched(String query, Parameters parameters) {
        try (PreparedStatement statement = watching().prepareStatement(query)) {
            parameters.set(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException failed) {
            throw failure("its rows cannot be counted", failed);
        }
    }

    private Connection watching() {
        if (closed) {
            throw new TargetException("database " + place() + ": it is closed", null);
        }
        if (watching == null) {
            watching = connection();
        }
        return watching;
    }

    private void forgetWatching() {
        if (watching != null) {
            try {
                watching.close();
            } catch (SQLException failed) {
                throw failure("its connection cannot be closed", failed);
            } finally {
                watching = null;
            }
        }
    }

    private void onServer(String... statements) {
        execute(server.server(), statements);
    }

    private void execute(String url, String... statements) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw failure("the server refused a statement", failed);
        }
    }

    private Connection connect(String url) {
        try {
            return DriverManager.getConnection(url);
        } catch (SQLException failed) {
            throw failure("no connection", failed);
        }
    }

    private TargetException failure(String what, SQLException failed) {
        String reason = String.valueOf(failed.getMessage()).lines().findFirst().orElse(""); // the rest is the driver's
        return new TargetException("database " + place() + ": " + what + ": " + reason, failed);
    }
}
