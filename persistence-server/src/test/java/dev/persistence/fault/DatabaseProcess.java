package dev.persistence.fault;

import dev.persistence.mysql.QueryRows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database server as a child process, to be paused, killed and started again on the same data and port. Its root has no
 * password and connects without TLS, so that a proxy sees what is said. One thread.
 */
public final class DatabaseProcess implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Map<DatabaseProduct, DatabaseProcess> SHARED = new EnumMap<>(DatabaseProduct.class);
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final DatabaseProduct product;
    private final DatabaseFolder folder;
    private final List<String> options;
    private final int port;
    private ChildProcess process;

    private DatabaseProcess(DatabaseProduct product, DatabaseFolder folder, List<String> options, int port) {
        this.product = product;
        this.folder = folder;
        this.options = options;
        this.port = port;
    }

    /** Starts a server of the test's own, with more options such as {@code --max-connections=5}. */
    public static DatabaseProcess start(DatabaseProduct product, String... options) {
        DatabaseProcess server =
                new DatabaseProcess(product, DatabaseFolder.initialised(product), List.of(options), FreePort.find());
        try {
            server.restart();
            return server;
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /**
     * The server that all tests of this JVM share. A test may do to it what it likes, as long as it takes back the
     * server's settings; that it runs is seen to here. Not to be closed.
     */
    public static synchronized DatabaseProcess shared(DatabaseProduct product) {
        DatabaseProcess server = SHARED.get(product);
        if (server == null) {
            server = start(product);
            SHARED.put(product, server);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shared-database-stop"));
        } else if (server.process.isAlive()) {
            server.resume();
        } else {
            server.restart();
        }
        return server;
    }

    public DatabaseProduct product() {
        return product;
    }

    public int port() {
        return port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Makes an empty database and returns its name. */
    public String createDatabase() {
        String name = "fault_" + COUNTER.incrementAndGet();
        execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        return name;
    }

    /** The JDBC URL of a database as root; the name may be empty. */
    public String url(String database) {
        return url(database, port);
    }

    /** The same through a proxy that listens on another port. */
    public String url(String database, int throughPort) {
        return "jdbc:mysql://127.0.0.1:" + throughPort + "/" + database + "?user=root&sslMode=DISABLED";
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "&connectTimeout=5000&socketTimeout=30000");
    }

    /** Runs statements as root, all in one session that is in no database. */
    public void execute(String... statements) {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(String.join("; ", statements), failed);
        }
    }

    /** All rows of a query, each with its values as text joined by {@code |}. */
    public List<String> rows(String sql) {
        try (Connection connection = connect("")) {
            return QueryRows.read(connection, sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** SIGSTOP: connections stay, the system even accepts new ones, and nothing answers. */
    public void pause() {
        process.signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        process.signal("CONT");
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** SIGTERM, the orderly stop, and waits for the end. */
    public void stop() {
        process.signal("TERM");
        process.exitCode(READY);
    }

    /** Kills it if it runs, starts it on the same data and port, and returns when it answers. */
    public void restart() {
        begin();
        awaitReady();
    }

    /** Like {@link #restart()}, but returns at once. */
    public void begin() {
        if (process != null) {
            process.kill();
        }
        List<String> command = product.serve(folder.data());
        command.addAll(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=server.sock", // within the data folder: a path of its own may be longer than a socket's may
                "--pid-file=server.pid",
                "--init-file=" + folder.access(),
                "--character-set-server=utf8mb4",
                "--innodb-data-file-path=ibdata1:12M:autoextend:max:32M")); // so that a test can fill it
        command.addAll(options);
        process = ChildProcess.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile())));
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + READY.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (Connection connection = connect("")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException notYet) {
                pauseBriefly();
            }
        }
        throw new IllegalStateException("the server did not start: " + folder.logText());
    }

    private static void pauseBriefly() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.kill();
        }
        folder.delete();
    }
}
