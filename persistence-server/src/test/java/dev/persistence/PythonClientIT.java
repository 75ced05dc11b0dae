package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.FreePort;
import dev.persistence.http.security.Certificates;
import dev.persistence.http.security.Token;
import dev.persistence.mysql.TestDatabase;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python client against the real service: its own tests, a service that goes and comes, and all that it may refuse. */
@Tag("database")
class PythonClientIT {

    private static TestDatabase database;
    private static RunningService service;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        PythonClient.assumePython();
        database = new TestDatabase();
        service = RunningService.start(database);
    }

    @AfterAll
    static void stop() {
        if (database != null) {
            service.close();
            database.close();
        }
    }

    @BeforeEach
    void clear() {
        database.execute("DELETE FROM translation_tasks");
    }

    @Test
    void itsOwnTests_passAndLeaveTheirRows() throws Exception {
        ProcessBuilder tests = PythonClient.python("-m", "unittest", "-b");
        tests.environment().put("PERSISTENCE_URL", service.uri("").toString());
        Process process = tests.directory(PythonClient.FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        assertFalse(output.contains("Exception ignored"), output);
        assertEquals(
                List.of("{\"exact\":1.10,\"id\":\"00000000-0000-0000-0000-000000000001\","
                        + "\"nested\":[1,{\"name\":\"Übung 😀\"}]}"),
                database.rows("SELECT metadata FROM translation_sessions WHERE session_id = 'py-session'"));
        assertEquals(
                List.of("Hello|0.9350|2026-01-02 03:04:05.678901|done"),
                database.rows("SELECT source_text, confidence, start_time, status FROM translation_tasks"
                        + " WHERE task_id = 'py-values'"));
        assertEquals(
                List.of("7|2993|2999"),
                database.rows("SELECT COUNT(*), MIN(row_index), MAX(row_index) FROM translation_tasks"
                        + " WHERE task_id LIKE 'py-many-%'"));
        assertEquals(30, count("py-refused"));
        assertEquals(21, count("py-async"));
        assertEquals(0, count("py-never"));
    }

    @Test
    void serviceThatIsAwayForAWhile_costsWhatWasSentMeanwhileAndNoMore() throws Exception {
        String port = "service.port=" + FreePort.find();
        RunningService first = RunningService.start(database, port);
        try (PythonClient client = PythonClient.start(folder, url(first))) {
            client.send("tasks", PythonClient.tasks("before", 5));
            assertNull(client.flush());
            first.close();

            client.send("tasks", PythonClient.tasks("meanwhile", 5));
            assertEquals("connection", client.flush());
            assertEquals("connection", client.write("tasks", PythonClient.tasks("meanwhile", 1)));
            try (RunningService second = RunningService.start(database, port)) {
                client.send("tasks", PythonClient.tasks("after", 5));
                assertNull(client.flush());
                assertEquals(first.port(), second.port());
            }
            assertEquals(10, count(""));
            client.assertCounts(10, Map.of("connection", 5L));
            assertTrue(client.end().contains("Dropped 5 records: 5 tasks (connection)"), client.complaints());
        } finally {
            first.close();
        }
    }

    @Test
    void endOfTheProcess_sendsWhatWaits() throws Exception {
        try (PythonClient client = PythonClient.start(folder, url(service), "buffer_seconds", 1000)) {
            client.send("tasks", PythonClient.tasks("end", 5));
            assertEquals("", client.end());
        }
        assertEquals(200, service.post("/api/v1/persistence/flush", "").statusCode());
        assertEquals(5, count("end"));
    }

    @Test
    void refusalsOfTheService_areCountedByReason() throws Exception {
        String secret = Token.random();
        String token =
                "service.tokens=" + Token.of("python", "write+flush", secret).entry();
        try (RunningService guarded = RunningService.start(database, token, "buffer.ring-size=4")) {
            try (PythonClient client = PythonClient.start(folder, url(guarded), "token", "wrong")) {
                client.send("tasks", PythonClient.tasks("token", 5));
                assertEquals("unauthorized", client.flush());
                client.assertCounts(0, Map.of("unauthorized", 5L));
            }
            try (PythonClient client = PythonClient.start(folder, url(guarded), "token", secret)) {
                client.send("tasks", PythonClient.tasks("full", 5));
                client.awaitSent();
                client.send("tasks", PythonClient.tasks("room", 3));
                assertNull(client.flush());
                client.assertCounts(3, Map.of("unavailable", 5L));
                assertFalse(client.end().contains(secret));
            }
        }
        assertEquals(3, count(""));
    }

    @Test
    void databaseThatCannotTakeThem_isAFailedWrite() throws Exception {
        try (PythonClient client = PythonClient.start(folder, url(service))) {
            database.execute("RENAME TABLE translation_tasks TO gone");
            try {
                assertEquals("unavailable", client.write("tasks", PythonClient.tasks("gone", 3)));
            } finally {
                database.execute("RENAME TABLE gone TO translation_tasks");
            }
            assertNull(client.write("tasks", PythonClient.tasks("back", 3)));
            assertEquals(3, count(""));
        }
    }

    @Test
    void https_worksWithTheRightAuthorityOnly() throws Exception {
        X509Bundle authority = Certificates.authority("authority");
        Certificates.write(folder, Certificates.issued(authority, "server"), Optional.empty());
        Path trusted = Files.writeString(folder.resolve("authority.pem"), authority.getCertificatePEM());
        try (RunningService secured = RunningService.start(
                database,
                "service.tls-certificate=" + folder.resolve("server.pem"),
                "service.tls-key=" + folder.resolve("server.key"))) {
            String url = "https://127.0.0.1:" + secured.port();
            try (PythonClient client = PythonClient.start(folder, url, "authority", trusted.toString())) {
                client.send("tasks", PythonClient.tasks("secured", 3));
                assertNull(client.flush());
                assertNull(client.write("tasks", PythonClient.tasks("secured", 5)));
                assertEquals("", client.end());
            }
            try (PythonClient client = PythonClient.start(folder, url)) {
                assertEquals("connection", client.write("tasks", PythonClient.tasks("stranger", 1)));
            }
        }
        assertEquals(5, count(""));
    }

    private static String url(RunningService of) {
        return "http://127.0.0.1:" + of.port();
    }

    private static long count(String prefix) {
        return Long.parseLong(
                database.rows("SELECT COUNT(*) FROM translation_tasks WHERE task_id LIKE '" + prefix + "%'")
                        .get(0));
    }
}
