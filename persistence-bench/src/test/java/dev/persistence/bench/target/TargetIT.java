package dev.persistence.bench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On the server of {@code -Ddatabase.url}, else on the embedded MariaDB. */
class TargetIT {

    private static final String TASK =
            "{\"tasks\":[{\"task_id\":\"t\",\"session_id\":\"s\",\"batch_id\":\"b\",\"sheet_name\":\"d\",\"row_index\":1,"
                    + "\"column_name\":\"c\",\"source_text\":\"Hello\",\"status\":\"pending\"}]}";

    private static BenchDatabase database;

    @BeforeAll
    static void open() {
        database = BenchDatabase.open(System.getProperty("database.url", BenchDatabase.EMBEDDED));
        System.out.println("TargetIT runs on " + database.version());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void service_writesToTheDatabaseAndStopsInOrder() throws Exception {
        try (Target service = ServiceProcess.start(database, "buffer.max-buffer-size=5")) {
            assertTrue(ProcessHandle.of(service.pid()).orElseThrow().isAlive());
            assertEquals(202, post(service.port()));
            assertEquals(0, service.stop());
            assertFalse(Files.exists(service.log().getParent()));
        }
        assertEquals(1, database.count(BenchDatabase.TASKS));
        assertEquals(1, database.countOfSession("s"));
        database.recreate();
        assertEquals(0, database.count(BenchDatabase.TASKS));
    }

    @Test
    void serviceThatCannotStart_isExplainedByItsLog() throws Exception {
        TargetException failure = assertThrows(
                TargetException.class,
                () -> ServiceProcess.start(Map.of("DB_URL", database.url()), List.of(), List.of("buffer.ring-size=3")));

        assertTrue(failure.getMessage().contains("buffer.ring-size: 3"), failure.getMessage());
        Matcher log = Pattern.compile("its log is (\\S+)").matcher(failure.getMessage());
        assertTrue(log.find(), failure.getMessage());
        deleteAll(Path.of(log.group(1)).getParent());
    }

    @Test
    void closedDatabase_isGone() throws Exception {
        String name;
        try (BenchDatabase second = BenchDatabase.open(database.url())) {
            name = second.name();
            assertTrue(exists(name));
        }
        assertFalse(exists(name));
    }

    @Test
    void serverOnThisMachine_isFound() {
        long pid = database.serverPid().orElseThrow();

        assertTrue(ProcessHandle.of(pid).orElseThrow().isAlive());
    }

    @Test
    void status_countsStatements() throws Exception {
        database.createTables();
        ServerStatus before = database.status();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM translation_sessions");
        }
        assertTrue(database.status().since(before).get("Com_delete") >= 1);
    }

    private static void deleteAll(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean exists(String name) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW DATABASES LIKE '" + name.replace("_", "\\_") + "'")) {
            return row.next();
        }
    }

    private static int post(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/persistence/tasks/batch"))
                .POST(BodyPublishers.ofString(TASK))
                .build();
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        return answer.statusCode();
    }
}
