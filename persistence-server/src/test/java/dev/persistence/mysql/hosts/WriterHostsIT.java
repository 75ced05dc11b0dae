package dev.persistence.mysql.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.DatabaseProcess;
import dev.persistence.fault.DatabaseProduct;
import dev.persistence.fault.FreePort;
import dev.persistence.mysql.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
class WriterHostsIT {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 60_000;

    private final TestDatabase database = new TestDatabase();
    private final int nobody = FreePort.find();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void firstHostThatAnswers_isConnectedTo() throws SQLException {
        try (Connection connection = hosts("127.0.0.1:" + nobody + ",").getConnection()) {
            assertTrue(connection.isValid(5));
        }
        assertEquals(List.of(database.hostAndPort() + " after [127.0.0.1:" + nobody + " (connection refused)]"), told);
    }

    @Test
    void silentHost_isPassedOverAndTheTimeForAnswersIsWholeAgain() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Connection connection =
                        hosts("127.0.0.1:" + silent.getLocalPort() + ",").getConnection()) {
            assertEquals(ANSWER_MILLIS, connection.getNetworkTimeout());
            assertEquals(
                    List.of(database.hostAndPort() + " after [127.0.0.1:" + silent.getLocalPort() + " (no answer)]"),
                    told);
        }
    }

    @Test
    void readOnlyHost_isPassedOver() throws SQLException {
        DatabaseProcess replica = DatabaseProcess.shared(DatabaseProduct.MARIADB);
        replica.execute("CREATE OR REPLACE USER 'writer'@'127.0.0.1' IDENTIFIED BY 'its-own'");
        replica.execute("SET GLOBAL read_only = 1");
        String ofItsOwn = ",user=writer,password=its-own,dbname=),";
        try (Connection connection =
                hosts("(host=127.0.0.1,port=" + replica.port() + ofItsOwn).getConnection()) {
            assertEquals(
                    List.of(database.hostAndPort() + " after [127.0.0.1:" + replica.port() + " (read-only)]"), told);
            assertTrue(connection.isValid(5));
        } finally {
            replica.execute("SET GLOBAL read_only = 0");
            replica.execute("DROP USER 'writer'@'127.0.0.1'");
        }
    }

    @Test
    void hostsThatAreAllReadOnly_areUsedForWhatTheySay() throws SQLException {
        DatabaseProcess replica = DatabaseProcess.shared(DatabaseProduct.MARIADB);
        replica.execute("SET GLOBAL read_only = 1");
        String url =
                "jdbc:mysql://127.0.0.1:" + nobody + ",127.0.0.1:" + replica.port() + "/?user=root&sslMode=DISABLED";
        try (Connection connection = new WriterHosts(url, properties(), this::note).getConnection()) {
            assertTrue(connection.isValid(5));
        } finally {
            replica.execute("SET GLOBAL read_only = 0");
        }
    }

    @Test
    void hostsOfWhichNoneAnswers_giveTheReasonOfTheFirst() {
        String url = "jdbc:mysql://no-such.invalid,127.0.0.1:" + nobody + "/x";
        WriterHosts hosts = new WriterHosts(url, properties(), this::note);

        SQLException failure = assertThrows(SQLException.class, hosts::getConnection);

        assertTrue(causes(failure).contains("UnknownHostException"), failure::toString);
        assertTrue(causes(failure.getSuppressed()[0]).contains("ConnectException"), failure::toString);
        assertEquals(List.of(), told);
    }

    private static String causes(Throwable failure) {
        List<String> names = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            names.add(cause.getClass().getSimpleName());
        }
        return String.join(" ", names);
    }

    private WriterHosts hosts(String before) {
        return new WriterHosts(database.url().replaceFirst("//", "//" + before), properties(), this::note);
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("openTelemetry", "DISABLED"); // the driver would look for it by itself
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_MILLIS));
        properties.setProperty("socketTimeout", Integer.toString(ANSWER_MILLIS));
        return properties;
    }

    private void note(String host, List<String> passedOver) {
        told.add(host + " after " + passedOver);
    }
}
