package dev.persistence.client;

import static dev.persistence.client.TestClients.sums;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.HeldTable;
import dev.persistence.RunningService;
import dev.persistence.client.measure.DropReason;
import dev.persistence.http.security.Certificates;
import dev.persistence.http.security.SecuritySettings;
import dev.persistence.http.security.Token;
import dev.persistence.mysql.TestDatabase;
import io.netty.pkitesting.X509Bundle;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client with the real service: what comes to be in the tables, and what the service refuses. */
@Timeout(120)
class ServiceIT {

    private static TestDatabase database;

    private final LoggedWarnings warnings = new LoggedWarnings();

    @TempDir
    Path folder;

    @BeforeAll
    static void create() {
        database = new TestDatabase();
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void clear() {
        if (!database.rows("SHOW TABLES LIKE 'translation_tasks'").isEmpty()) {
            database.execute("DELETE FROM translation_tasks", "DELETE FROM translation_sessions");
        }
    }

    @AfterEach
    void close() {
        warnings.close();
    }

    private static ClientBuilder builder(RunningService service) {
        return PersistenceClient.builder(service.uri("/")).requestTimeout(Duration.ofSeconds(20));
    }

    /** A task with every required field. */
    static Fields task(String id) {
        return new Fields()
                .set("task_id", id)
                .set("session_id", "s-1")
                .set("batch_id", "b-1")
                .set("sheet_name", "Sheet")
                .set("row_index", 1)
                .set("column_name", "Text")
                .set("source_text", "Hello")
                .set("status", "new");
    }

    private static List<String> tasks() {
        return database.rows("SELECT task_id FROM translation_tasks ORDER BY task_id");
    }

    @Test
    void values_areWhatIsInTheTable() throws Exception {
        try (RunningService service = RunningService.start(database);
                PersistenceClient client = builder(service).build()) {
            client.send(
                    "sessions",
                    new Fields()
                            .set("session_id", "s-1")
                            .set("filename", "f é 😀.xlsx")
                            .set("file_path", "/f")
                            .set("status", "new")
                            .set("llm_provider", "none")
                            .set("game_info", Map.of("names", List.of("a", "b"))));
            client.send(
                    "tasks",
                    task("t-1")
                            .set("confidence", new BigDecimal("0.1234"))
                            .set("target_text", "to be cleared")
                            .set("start_time", Instant.parse("2026-01-02T03:04:05.678901Z"))
                            .set("end_time", OffsetDateTime.parse("2026-01-02T04:04:05.678901+01:00")));
            client.send("tasks", task("t-1").clear("target_text"));

            FlushResult result = client.flush();

            assertTrue(result.complete(), result::toString);
            assertEquals(Map.of("sessions", 1L, "tasks", 2L), result.written());
        }
        assertEquals(
                List.of("f é 😀.xlsx|a"),
                database.rows("SELECT filename, JSON_UNQUOTE(JSON_EXTRACT(game_info, '$.names[0]'))"
                        + " FROM translation_sessions"));
        assertEquals(
                List.of("0.1234|null|1|1"),
                database.rows("SELECT confidence, target_text, start_time = end_time,"
                        + " start_time = '2026-01-02 03:04:05.678901' FROM translation_tasks"));
    }

    @Test
    void recordThatDoesNotFit_isDroppedAndItsCompanionsAreWritten() throws Exception {
        try (RunningService service = RunningService.start(database);
                PersistenceClient client =
                        builder(service).sendEvery(Duration.ofHours(1)).build()) {
            client.send("tasks", task("t-1"));
            client.send("tasks", task("t-2").set("row_index", "the secret text"));
            client.send("tasks", task("t-3").set("status", "lone surrogate \ud83d"));
            client.send("tasks", task("t-4"));

            assertFalse(client.flush().complete());

            assertEquals(Map.of(DropReason.REFUSED, 2L), sums(client).dropped());
            assertEquals(List.of("t-1", "t-4"), tasks());
            await().until(() -> !warnings.messages().isEmpty());
            assertTrue(
                    warnings.messages().get(0).contains("row_index must be an integer"), warnings.messages()::toString);
            assertFalse(warnings.messages().get(0).contains("secret"), warnings.messages()::toString);
        }
    }

    @Test
    void write_saysWhatIsCommittedAndWhatTheDatabaseRefused() throws Exception {
        try (RunningService service = RunningService.start(database);
                PersistenceClient client = builder(service).build()) {
            client.send("tasks", task("t-0"));
            assertTrue(client.writeAndWait("tasks", task("t-1")).allWritten());
            assertEquals(List.of("t-0", "t-1"), tasks(), "what was sent before is there too");
            database.execute("ALTER TABLE translation_tasks ADD CONSTRAINT no_nine CHECK (row_index <> 9)");
            try {
                WriteResult some = client.writeAndWait(
                        "tasks", List.of(task("t-2"), task("t-3").set("row_index", 9), task("t-4")));
                WriteResult none = client.writeAndWait(
                        "tasks", List.of(task("t-5"), task("t-6").set("row_index", "x")));

                assertEquals(2, some.written(), some::toString);
                assertEquals(1, some.faults().get(0).index());
                assertEquals(0, none.written(), none::toString);
                assertEquals(1, none.faults().get(0).index());
            } finally {
                database.execute("ALTER TABLE translation_tasks DROP CONSTRAINT no_nine");
            }
        }
        assertEquals(List.of("t-0", "t-1", "t-2", "t-4"), tasks());
    }

    @Test
    void largeRequest_arrivesPacked() throws Exception {
        String text = "x".repeat(60_000);
        try (RunningService service = RunningService.start(database);
                PersistenceClient client = builder(service).build()) {
            List<Map<String, Object>> records = IntStream.range(0, 50)
                    .<Map<String, Object>>mapToObj(number -> task("t-" + number).set("source_text", text))
                    .toList();

            client.send("tasks", records);

            assertTrue(client.flush().complete());
        }
        assertEquals(
                List.of("50|3000000"),
                database.rows("SELECT COUNT(*), SUM(LENGTH(source_text)) FROM translation_tasks"));
    }

    @Test
    void fullRing_dropsWhatItCannotTakeAndGoesOn() throws Exception {
        try (RunningService service =
                        RunningService.start(database, "buffer.ring-size=16", "buffer.max-buffer-size=4");
                PersistenceClient client = builder(service).sendAt(1).build()) {
            try (HeldTable held = new HeldTable(database, "translation_tasks")) {
                client.send("tasks", List.of(task("a-1"), task("a-2"), task("a-3"), task("a-4")));
                held.awaitWriter();
                for (int number = 0; client.statistics().dropped(DropReason.UNAVAILABLE) == 0; number++) {
                    client.send("tasks", task("b-" + number));
                    await().until(() -> client.statistics().waiting() == 0);
                }
                sums(client);
            }
            assertTrue(client.flush().flushed());

            assertTrue(client.writeAndWait("tasks", task("c-1")).allWritten());

            assertEquals(client.statistics().sent() + 1, tasks().size());
        }
    }

    @Test
    void token_opensTheServiceAndWithoutItRecordsAreDropped() throws Exception {
        String entry = Token.of("app", "write+flush", "s3cret").entry();
        try (RunningService service = RunningService.start(database, "service.tokens=" + entry);
                PersistenceClient right = builder(service).token("s3cret").build();
                PersistenceClient wrong = builder(service).token("wr0ng").build();
                PersistenceClient none = builder(service).build()) {
            for (PersistenceClient client : List.of(right, wrong, none)) {
                client.send("tasks", task("t-1"));
                assertEquals(client == right, client.flush().complete());
                assertEquals(
                        client == right,
                        client.writeAndWait("tasks", task("t-2")).allWritten());
            }

            assertEquals(Map.of(DropReason.UNAUTHORIZED, 1L), sums(wrong).dropped());
            assertEquals(Map.of(DropReason.UNAUTHORIZED, 1L), sums(none).dropped());
            assertTrue(warnings.messages().stream().noneMatch(line -> line.contains("wr0ng")));
        }
        assertEquals(List.of("t-1", "t-2"), tasks());
    }

    @Test
    void tls_isSpokenWithTheAuthorityThatIsTrustedAndNoOther() throws Exception {
        X509Bundle authority = Certificates.authority("authority");
        SecuritySettings.Tls files =
                Certificates.write(folder, Certificates.issued(authority, "server"), Optional.empty());
        try (RunningService service = RunningService.start(
                        database, "service.tls-certificate=" + files.certificate(), "service.tls-key=" + files.key());
                PersistenceClient trusting = PersistenceClient.builder(https(service))
                        .tls(Certificates.context(authority, Optional.empty(), "TLS"))
                        .requestTimeout(Duration.ofSeconds(20))
                        .build();
                PersistenceClient distrusting = PersistenceClient.builder(https(service))
                        .requestTimeout(Duration.ofSeconds(20))
                        .build()) {
            trusting.send("tasks", task("t-1"));
            distrusting.send("tasks", task("t-2"));

            assertTrue(trusting.flush().complete());
            assertFalse(distrusting.flush().flushed());

            assertEquals(Map.of(DropReason.CONNECTION, 1L), sums(distrusting).dropped());
        }
        assertEquals(List.of("t-1"), tasks());
    }

    private static URI https(RunningService service) {
        return URI.create("https://127.0.0.1:" + service.port());
    }
}
