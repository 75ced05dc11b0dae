package dev.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server of our own, on a free port of the loopback address, with the database {@value #DATABASE} in it. It ends
 * with {@link #close()}, and with this JVM however that ends. Its user gets a new random password at each start; the file
 * {@code client.cnf} in the data folder lets a MariaDB client in ({@code mariadb --defaults-file=DIR/client.cnf}).
 */
public final class EmbeddedDatabase implements AutoCloseable {

    static final long REDO_BYTES = 64 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String HOST = "127.0.0.1";
    private static final String DATABASE = "ai_terminal";
    private static final String USER = "persistence";
    private static final int PORT_ATTEMPTS = 5;
    private static final long READY_SECONDS = 60;
    private static final long POLL_MILLIS = 50;

    private final Binaries binaries;
    private final DataFolder folder;
    private final ServerProcess server;
    private final int port;
    private final String password;

    private EmbeddedDatabase(Binaries binaries, DataFolder folder, ServerProcess server, int port, String password) {
        this.binaries = binaries;
        this.folder = folder;
        this.server = server;
        this.port = port;
        this.password = password;
    }

    /**
     * Unpacks, installs (both where not done before) and starts, and returns when the server answers.
     *
     * @param dataDir the folder that keeps the data; without one, a temporary folder, deleted at the close
     * @throws EmbeddedDatabaseException if it does not start; the message quotes the server's log
     */
    public static EmbeddedDatabase start(Optional<Path> dataDir) {
        requirePosix();
        long begun = System.nanoTime();
        Binaries binaries = Binaries.unpacked();
        DataFolder folder = open(dataDir, binaries);
        try {
            folder.install(binaries);
            EmbeddedDatabase database = start(binaries, folder);
            LOG.info(
                    "The embedded MariaDB answers on {}:{} after {} ms; {}",
                    HOST,
                    database.port,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                    dataDir.isPresent()
                            ? "its data stays in " + dataDir.get()
                            : "its data goes when the service stops");
            return database;
        } catch (IOException | UncheckedIOException failure) {
            remove(folder, binaries);
            throw new EmbeddedDatabaseException(
                    "the embedded database cannot be started: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            remove(folder, binaries);
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("the start of the embedded database was interrupted", interrupted);
        } catch (RuntimeException failure) {
            remove(folder, binaries);
            throw failure;
        }
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    public String databaseName() {
        return DATABASE;
    }

    /** Stops the server in order and waits for it, then removes what was temporary. */
    @Override
    public void close() {
        server.close();
        remove(folder, binaries);
    }

    private static DataFolder open(Optional<Path> dataDir, Binaries binaries) {
        try {
            return DataFolder.open(dataDir);
        } catch (EmbeddedDatabaseException unusable) {
            binaries.discard();
            throw unusable;
        }
    }

    private static void remove(DataFolder folder, Binaries binaries) {
        folder.close();
        binaries.discard();
    }

    private static void requirePosix() {
        if (System.getProperty("os.name").startsWith("Windows")) {
            throw new EmbeddedDatabaseException(
                    "the embedded database runs on Linux and macOS; on Windows, use database.* or WSL");
        }
    }

    private static EmbeddedDatabase start(Binaries binaries, DataFolder folder)
            throws IOException, InterruptedException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Path access = folder.writePrivate("access.sql", accessSql(password));
            folder.writePrivate("client.cnf", clientOptions(port, password));
            ServerLog log = folder.log("mariadb.log");
            ServerProcess server =
                    ServerProcess.start(command(binaries, folder, port, access), log, folder.toDiscard());
            boolean slow;
            try {
                if (becomesReady(server, port, password)) {
                    return new EmbeddedDatabase(binaries, folder, server, port, password);
                }
                slow = server.isAlive();
            } catch (InterruptedException interrupted) {
                server.close();
                throw interrupted;
            }
            if (slow || attempt == PORT_ATTEMPTS || !log.saysThatPortIsTaken()) {
                EmbeddedDatabaseException failure =
                        log.failure(slow ? "did not answer within " + READY_SECONDS + " s" : "did not start");
                server.close();
                throw failure;
            }
            server.close();
        }
    }

    /** Run by the server itself before it listens, so that the account is there when the port is. */
    private static String accessSql(String password) {
        String account = "'" + USER + "'@'" + HOST + "'";
        return """
                CREATE DATABASE IF NOT EXISTS %s CHARACTER SET utf8mb4;
                CREATE OR REPLACE USER %s IDENTIFIED BY '%s';
                GRANT ALL PRIVILEGES ON *.* TO %s WITH GRANT OPTION;
                """.formatted(DATABASE, account, password, account);
    }

    private static String clientOptions(int port, String password) {
        return """
                [client]
                protocol=tcp
                host=%s
                port=%d
                user=%s
                password=%s
                [mariadb]
                database=%s
                """.formatted(HOST, port, USER, password, DATABASE);
    }

    private static List<String> command(Binaries binaries, DataFolder folder, int port, Path access) {
        List<String> command = new ArrayList<>(List.of(
                binaries.server().toString(),
                "--no-defaults",
                "--basedir=" + binaries.baseDir(),
                "--datadir=" + folder.data(),
                "--tmpdir=" + folder.temporaryFiles(),
                "--socket=mariadb.sock", // within the data folder: a path of its own may be longer than a socket's may
                "--pid-file=mariadb.pid",
                "--init-file=" + access,
                "--bind-address=" + HOST,
                "--port=" + port,
                "--skip-ssl", // making a key takes seconds, and nothing leaves the machine
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00",
                "--max-allowed-packet=64M",
                "--max-connections=200",
                "--innodb-flush-log-at-trx-commit=1",
                "--innodb-buffer-pool-size=128M",
                "--innodb-log-file-size=" + REDO_BYTES,
                "--performance-schema=OFF"));
        command.addAll(Binaries.runAsRoot());
        return command;
    }

    private static boolean becomesReady(ServerProcess server, int port, String password) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (server.isAlive() && System.nanoTime() < deadline) {
            try (Connection connection = DriverManager.getConnection(
                    "jdbc:mysql://" + HOST + ":" + port + "/" + DATABASE
                            + "?connectTimeout=1000&socketTimeout=5000&openTelemetry=DISABLED",
                    USER,
                    password)) {
                return connection.isValid(1);
            } catch (SQLException notYet) {
                LOG.trace("The embedded database does not answer yet", notYet);
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return probe.getLocalPort();
        }
    }
}
