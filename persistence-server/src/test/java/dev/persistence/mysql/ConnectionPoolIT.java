package dev.persistence.mysql;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.Accepting;
import dev.persistence.fault.End;
import dev.persistence.fault.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("database")
class ConnectionPoolIT {

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void session_isTheSameWhateverTheUrlSays() throws SQLException {
        DatabaseSettings settings = settings(database.url(
                "characterEncoding=latin1&connectionCollation=latin1_bin&sessionVariables=sql_mode=ANSI_QUOTES"
                        + "&allowMultiQueries=true"));
        try (ConnectionPool pool = ConnectionPool.open(settings);
                Connection connection = pool.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@sql_mode, @@time_zone, @@innodb_lock_wait_timeout,"
                        + " @@character_set_client, @@collation_connection, @@autocommit, 'é😀'")) {
            row.next();
            assertEquals("STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION", row.getString(1));
            assertEquals("+00:00", row.getString(2));
            assertEquals(10, row.getInt(3));
            assertEquals("utf8mb4", row.getString(4));
            assertEquals("utf8mb4_bin", row.getString(5));
            assertEquals(0, row.getInt(6));
            assertEquals("é😀", row.getString(7));
            assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
            assertThrows(SQLException.class, () -> statement.executeQuery("SELECT 1; SELECT 2"));
        }
    }

    @Test
    void connectionToTheNextHost_hasTheSameSession() throws SQLException {
        try (FaultProxy first = FaultProxy.to(port(database.hostAndPort()))) {
            String url = database.url().replaceFirst("//", "//127.0.0.1:" + first.port() + ",");
            try (ConnectionPool pool = ConnectionPool.open(settings(url))) {
                assertEquals(StandardCharsets.ISO_8859_1, pool.statementCharset());
                first.accept(Accepting.REFUSED);
                first.end(End.RESET);
                await().until(() -> first.open() == 0);
                try (Connection connection = pool.connection();
                        Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT @@sql_mode, @@time_zone, @@autocommit")) {
                    row.next();
                    assertEquals("STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION", row.getString(1));
                    assertEquals("+00:00", row.getString(2));
                    assertEquals(0, row.getInt(3));
                    assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
                }
            }
        }
    }

    @Test
    void healthOfSeveralHosts_isThatOfTheOneWhichAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = database.url().replaceFirst("//", "//127.0.0.1:" + silent.getLocalPort() + ",");
            try (DatabaseHealthCheck check = new DatabaseHealthCheck(settings(url))) {
                assertEquals(true, join(check.check()));
            }
        }
    }

    @Test
    void severalHostsOfWhichNoneAnswers_areSaidSo() {
        String message = failure(settings("jdbc:mysql://127.0.0.1:1,127.0.0.1:2/x"));
        assertTrue(message.startsWith("database.url: nothing answers at database.url"), message);
    }

    private static int port(String hostAndPort) {
        return Integer.parseInt(hostAndPort.substring(hostAndPort.lastIndexOf(':') + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "characterEncoding=latin1", "connectionCollation=latin1_bin", "useUnicode=false"})
    void everyCharacterOfAStatement_arrives(String urlOptions) throws SQLException {
        StatementText text = new StatementText();
        text.raw("SELECT HEX(".getBytes(StandardCharsets.US_ASCII));
        byte[] value = everyCharacter().getBytes(StandardCharsets.UTF_8);
        text.quoted(value, 0, value.length);
        text.raw(')');
        try (ConnectionPool pool = ConnectionPool.open(settings(database.url(urlOptions)));
                Connection connection = pool.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(text.decoded(pool.statementCharset()))) {
            row.next();
            assertEquals(HexFormat.of().withUpperCase().formatHex(value), row.getString(1));
        }
    }

    private static String everyCharacter() {
        StringBuilder all = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                all.appendCodePoint(point);
            }
        }
        return all.toString();
    }

    @Test
    void timeOfAnAnswer_isOursWhateverTheUrlSays() throws SQLException {
        try (ConnectionPool pool = ConnectionPool.open(settings(database.url("socketTimeout=100")));
                Connection connection = pool.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT SLEEP(0.3)")) {
            assertTrue(row.next());
        }
    }

    @Test
    void statement_passesThroughTheDriverByteByByte() {
        try (ConnectionPool pool = ConnectionPool.open(settings(database.url()))) {
            assertEquals(StandardCharsets.ISO_8859_1, pool.statementCharset());
        }
    }

    @Test
    void namesBeyondAscii_areUnderstood() throws SQLException {
        String name = "mysql_bücher漢";
        database.execute("CREATE DATABASE `" + name + "`");
        try (ConnectionPool pool = ConnectionPool.open(settings(database.url().replace(database.name(), name)))) {
            assertEquals(name, pool.server().database());
            assertEquals(1, new SchemaMigration(pool).migrate());
        } finally {
            database.execute("DROP DATABASE `" + name + "`");
        }
    }

    @Test
    void unknownDatabase_isSaidSo() {
        String url = database.url().replace(database.name(), "mysql_no_such");
        String message = failure(settings(url));
        assertTrue(message.contains("no such database"), message);
    }

    @Test
    void wrongPassword_isSaidSoWithoutIt() {
        String url = database.url().replaceAll("\\?.*", "") + "?user=mysql_nobody&password=s3cret";
        String message = failure(settings(url));
        assertTrue(message.contains("refused this user or password") || message.contains("may not use"), message);
        assertTrue(!message.contains("s3cret"), message);
    }

    @Test
    void nobodyListening_namesHostAndPort() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String message = failure(new DatabaseSettings("127.0.0.1", port, "root", "", "x", 1, Optional.empty(), true));
        assertTrue(message.startsWith("database.host, database.port: nothing answers at 127.0.0.1:" + port), message);
    }

    @Test
    void unknownHost_isSaidSo() {
        String message =
                failure(new DatabaseSettings("no-such.invalid", 1, "root", "", "x", 1, Optional.empty(), true));
        assertTrue(message.startsWith("database.host: the host name of no-such.invalid:1 is unknown"), message);
    }

    @Test
    void urlWithoutDatabase_isSaidSo() {
        String message = failure(settings(database.url().replace("/" + database.name(), "/")));
        assertTrue(message.contains("names no database"), message);
    }

    @Test
    void reachableDatabase_isHealthy() {
        try (DatabaseHealthCheck check = new DatabaseHealthCheck(database.settings())) {
            assertEquals(true, join(check.check()));
        }
    }

    @Test
    void unreachableDatabase_isNotHealthy() {
        DatabaseSettings nobody = new DatabaseSettings("127.0.0.1", 1, "root", "", "x", 1, Optional.empty(), true);
        try (DatabaseHealthCheck check = new DatabaseHealthCheck(nobody)) {
            assertEquals(false, join(check.check()));
        }
    }

    @Test
    void hangingDatabase_isAskedOnceAtATime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DatabaseHealthCheck check = new DatabaseHealthCheck(new DatabaseSettings(
                        "127.0.0.1", silent.getLocalPort(), "root", "", "x", 1, Optional.empty(), true))) {
            CompletionStage<Boolean> first = check.check();
            CompletionStage<Boolean> second = check.check();
            assertEquals(false, join(first));
            assertEquals(false, join(second));
        }
    }

    @Test
    void closedCheck_answersFalse() {
        DatabaseHealthCheck check = new DatabaseHealthCheck(database.settings());
        check.close();
        assertEquals(false, join(check.check()));
    }

    private static boolean join(CompletionStage<Boolean> stage) {
        return stage.toCompletableFuture().join();
    }

    private static String failure(DatabaseSettings settings) {
        return assertThrows(DatabaseException.class, () -> ConnectionPool.open(settings))
                .getMessage();
    }

    private static DatabaseSettings settings(String url) {
        return new DatabaseSettings("", 1, "root", "", "", 2, Optional.of(url), true);
    }
}
