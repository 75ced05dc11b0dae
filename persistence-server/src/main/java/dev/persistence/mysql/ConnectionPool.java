package dev.persistence.mysql;

import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.HostInfo;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.persistence.mysql.hosts.HostChangeLog;
import dev.persistence.mysql.hosts.WriterHosts;
import dev.persistence.telemetry.PoolMetrics;
import dev.persistence.tracing.TracedDatabase;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Properties;

/**
 * Connections whose session is the same whatever the server's globals are. Any thread.
 *
 * <p>The statements are text, so the session decides what their bytes mean: {@code sql_mode} without
 * {@code NO_BACKSLASH_ESCAPES} and {@code ANSI_QUOTES} (escapes are escapes), without MariaDB's
 * {@code SIMULTANEOUS_ASSIGNMENT} (the guard needs assignment from left to right), strict (nothing is cut silently),
 * utf8mb4 (no escape hides in a multi-byte character), and UTC. Locks of rows and of tables are waited for at most 10 s.
 *
 * <p>Statements pass through the driver byte by byte: it is told ISO 8859-1, in which every byte is a character, while
 * the session is told utf8mb4. Otherwise each statement would be decoded from UTF-8 and encoded to it again, which was
 * 36 % of the writer's time and 59 % of all garbage. What the driver really does is tried at the start ({@link
 * #statementCharset}), because a {@code database.url} may hold options of the same effect.
 */
public final class ConnectionPool implements AutoCloseable {

    static final String SESSION = "SET NAMES utf8mb4 COLLATE utf8mb4_bin, SESSION time_zone = '+00:00',"
            + " SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', SESSION innodb_lock_wait_timeout = 10,"
            + " SESSION lock_wait_timeout = 10";

    private static final String PROBE = "ü漢😀";

    private static final Duration CONNECT = Borrowing.PATIENT;
    private static final Duration ANSWER = Duration.ofSeconds(60); // the largest statement, with a slow disk behind it
    private static final Duration VALIDATION = Duration.ofSeconds(2);
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final Duration CLOSE = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final DatabaseSettings settings;
    private final HikariDataSource source;
    private final DatabaseServer server;
    private final Charset statementCharset;
    private final Borrowing borrowing;

    private ConnectionPool(
            DatabaseSettings settings, HikariDataSource source, DatabaseServer server, Charset statementCharset) {
        this.settings = settings;
        this.source = source;
        this.borrowing = new Borrowing(source);
        this.server = server;
        this.statementCharset = statementCharset;
    }

    /**
     * Connects once, so that wrong settings show at start.
     *
     * @throws DatabaseException if that fails; the message says which setting to look at
     */
    public static ConnectionPool open(DatabaseSettings settings) {
        return open(settings, PoolMetrics.NONE);
    }

    /** Like {@link #open(DatabaseSettings)}, telling how connections are waited for. */
    public static ConnectionPool open(DatabaseSettings settings, PoolMetrics metrics) {
        HikariDataSource source = null;
        try {
            HikariConfig config = configuration(settings);
            config.setMetricsTrackerFactory(PoolTracker.reportingTo(metrics));
            if (isAscii(settings)) { // user and database are sent in the same charset
                config.addDataSourceProperty("characterEncoding", StandardCharsets.ISO_8859_1.name());
            }
            source = Opening.pool(config, new HostChangeLog());
            return firstLook(settings, source);
        } catch (SQLException | RuntimeException failed) {
            if (source != null) {
                source.close();
            }
            throw failed instanceof DatabaseException known ? known : ConnectFailure.explain(settings, failed);
        }
    }

    private static boolean isAscii(DatabaseSettings settings) {
        return StandardCharsets.US_ASCII
                .newEncoder()
                .canEncode(settings.jdbcUrl() + settings.user() + settings.password());
    }

    private static ConnectionPool firstLook(DatabaseSettings settings, HikariDataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            DatabaseServer server = DatabaseServer.of(connection);
            if (server.database() == null) {
                throw new DatabaseException(
                        "database.url: names no database (expected jdbc:mysql://host:port/name)", null);
            }
            Charset charset = passesBytesThrough(connection) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
            connection.rollback();
            return new ConnectionPool(settings, source, server, charset);
        }
    }

    private static boolean passesBytesThrough(Connection connection) throws SQLException {
        byte[] bytes = PROBE.getBytes(StandardCharsets.UTF_8);
        String query = "SELECT HEX('" + new String(bytes, StandardCharsets.ISO_8859_1) + "')";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && HexFormat.of().withUpperCase().formatHex(bytes).equals(row.getString(1));
        }
    }

    /** What every pool of ours has in common; the health check makes its own from it. */
    static HikariConfig configuration(DatabaseSettings settings) {
        // Every connection is tried before it is used, not only after half a second's rest: a batch that is lost, as
        // the server went away just then, costs more than a ping a flush. The library offers a system property only.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(settings.jdbcUrl());
        if (!settings.urlGives("user")) {
            config.addDataSourceProperty("user", settings.user());
        }
        if (!settings.urlGives("password")) {
            config.addDataSourceProperty("password", settings.password());
        }
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1); // one writer; the rest is for start and repair
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setValidationTimeout(VALIDATION.toMillis());
        config.setMaxLifetime(LIFETIME.toMillis());
        config.setIdleTimeout(IDLE.toMillis());
        config.setAutoCommit(false);
        // A flush reads nothing twice, and without gap locks instances deadlock less.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(SESSION);
        // As text throughout: with a URL, the pool passes on nothing else.
        config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT.toMillis()));
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER.toMillis()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("characterEncoding", StandardCharsets.UTF_8.name());
        if (settings.urlGives("connectionCollation")) { // it would decide the charset, too
            config.addDataSourceProperty("connectionCollation", "utf8mb4_bin");
        }
        settings.tls().properties(settings).forEach(config::addDataSourceProperty);
        config.addDataSourceProperty("connectionTimeZone", "UTC");
        config.addDataSourceProperty("allowMultiQueries", "false");
        // The driver would make a span of every call as soon as it finds the library, asked for or not.
        config.addDataSourceProperty("openTelemetry", "DISABLED");
        config.addDataSourceProperty("enableEscapeProcessing", "false"); // braces are JSON, not JDBC escapes
        return config;
    }

    /** A connection with autocommit off; closing it gives it back. {@link Borrowing} says how long it is waited for. */
    Connection connection() throws SQLException {
        return borrowing.connection();
    }

    /**
     * Closes a borrowed connection for good: its state is unknown or its server is no longer the right one. The others
     * of the pool are to the same server and are not used again either.
     */
    void evict(Connection connection) {
        source.evictConnection(connection);
        source.getHikariPoolMXBean().softEvictConnections();
    }

    /** Cuts a borrowed connection, so that whoever waits for its server gets a failure. Any thread; does not wait. */
    void abort(Connection connection) {
        try {
            connection.abort(cut -> {
                Thread cutting = new Thread(cut, "database-abort"); // closing a TLS socket may wait for the other side
                cutting.setDaemon(true);
                cutting.start();
            });
        } catch (SQLException closedAlready) {
            evict(connection);
        }
    }

    /** The charset in which a statement's bytes must be made a string, for the driver to send the same bytes. */
    Charset statementCharset() {
        return statementCharset;
    }

    /** Connections of their own for statements that are not ours to spell; the caller closes them. */
    HikariDataSource openForMigration() {
        HikariConfig config = configuration(settings);
        config.setPoolName("database-migration");
        config.setMinimumIdle(0);
        return Opening.pool(config, WriterHosts.Listener.NONE);
    }

    /** The server as the first connection found it. */
    public DatabaseServer server() {
        return server;
    }

    /** The server and its database, as spans name them; of several hosts the first. */
    public TracedDatabase traced() {
        HostInfo host = ConnectionUrl.getConnectionUrlInstance(settings.jdbcUrl(), new Properties())
                .getMainHost();
        return new TracedDatabase(
                server.dialect() == Dialect.MARIADB ? "mariadb" : "mysql",
                server.database(),
                host.getHost(),
                host.getPort());
    }

    /** Connections in use. */
    public int active() {
        return source.getHikariPoolMXBean().getActiveConnections();
    }

    /** Connections that are open and free. */
    public int idle() {
        return source.getHikariPoolMXBean().getIdleConnections();
    }

    /** Threads that wait for a connection. */
    public int waiting() {
        return source.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    /** Connections that may be open. */
    public int limit() {
        return source.getMaximumPoolSize();
    }

    @Override
    public void close() {
        close(source);
    }

    /** Closes a pool, but does not wait long: one with a connection to a silent server would take ten seconds. */
    static void close(HikariDataSource source) {
        Thread closing = new Thread(source::close, "database-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(CLOSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
