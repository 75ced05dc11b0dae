package dev.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.persistence.mysql.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator chose to happen to batches that the database cannot take, with a table that is gone for a while. */
@Tag("database")
class DatabaseFailureIT {

    private static final String AWAY = "RENAME TABLE translation_tasks TO away";
    private static final String BACK = "RENAME TABLE away TO translation_tasks";
    private static final String ROWS =
            "SELECT task_id, status, DATE_FORMAT(updated_at, '%H:%i:%s') FROM" + " translation_tasks ORDER BY task_id";

    private final LogLines log = new LogLines();
    private final TestDatabase database = new TestDatabase();

    @TempDir
    private Path temporary;

    @AfterEach
    void close() {
        database.close();
        log.close();
    }

    private RunningService start(String... settings) throws Exception {
        return RunningService.start(database, settings);
    }

    private RunningService deadLettering(String... more) throws Exception {
        List<String> settings =
                new ArrayList<>(List.of("buffer.on-database-failure=dead-letter", "buffer.dead-letter-dir=" + dir()));
        settings.addAll(List.of(more));
        return start(settings.toArray(String[]::new));
    }

    private Path dir() {
        return temporary.resolve("dead-letter");
    }

    private static Map<String, Object> task(String id, String status, int second) {
        return Client.task(id, "status", status, "updated_at", "2026-01-01T00:00:0" + second + "Z");
    }

    private void awaitWarning(String beginning) {
        await().until(() -> log.of(Level.WARN).stream().anyMatch(line -> line.startsWith(beginning)));
    }

    @Test
    void heldBatch_isWrittenOnceTheTableIsBack() throws Exception {
        try (RunningService service = start("buffer.on-database-failure=hold")) {
            Client client = new Client(service);
            database.execute(AWAY);
            CompletableFuture<Client.Answer> waiting = client.beginWrite("tasks", List.of(Client.task("t-1")));
            awaitWarning("Holding a batch of 1 records: the table is gone (SQL state 42S02, error 1146)");
            assertEquals(202, client.send("tasks", Client.task("t-2")).status());
            assertFalse(waiting.isDone());

            database.execute(BACK);

            assertEquals(200, waiting.get(30, TimeUnit.SECONDS).status());
            assertEquals(200, client.flush().status());
            assertEquals(
                    List.of("t-1", "t-2"), database.rows("SELECT task_id FROM translation_tasks ORDER BY task_id"));
            assertEquals(
                    1,
                    log.of(Level.WARN).stream()
                            .filter(line -> line.startsWith("Holding"))
                            .count());
            assertEquals(List.of(), log.of(Level.ERROR));
        }
    }

    @Test
    void holdForPasses_isLostWithOneErrorAndTheNextBatchStartsFresh() throws Exception {
        try (RunningService service = start("buffer.on-database-failure=hold", "buffer.hold-for=300ms")) {
            Client client = new Client(service);
            database.execute(AWAY);

            assertEquals(503, client.write("tasks", Client.task("t-1")).status());

            database.execute(BACK);
            assertEquals(200, client.write("tasks", Client.task("t-2")).status());
            assertEquals(List.of("t-2"), database.rows("SELECT task_id FROM translation_tasks"));
            List<String> errors = log.of(Level.ERROR);
            assertEquals(1, errors.size(), errors::toString);
            assertTrue(
                    errors.get(0)
                            .matches(
                                    "lost 1 records \\(sessions 0, tasks 1\\): the table is gone .*; held for [0-9]+ ms,"
                                            + " [0-9]+ attempts"),
                    errors.get(0));
        }
    }

    @Test
    void fullRingWhileHolding_answers503AndEverythingAcceptedIsWritten() throws Exception {
        try (RunningService service = start("buffer.on-database-failure=hold", "buffer.ring-size=4")) {
            Client client = new Client(service);
            database.execute(AWAY);
            CompletableFuture<Client.Answer> waiting = client.beginWrite("tasks", List.of(Client.task("t-1")));
            awaitWarning("Holding");
            for (int i = 2; i <= 4; i++) {
                assertEquals(202, client.send("tasks", Client.task("t-" + i)).status());
            }
            assertEquals(503, client.send("tasks", Client.task("t-5")).status());

            database.execute(BACK);

            assertEquals(200, waiting.get(30, TimeUnit.SECONDS).status());
            assertEquals(200, client.flush().status());
            assertEquals(List.of("4"), database.rows("SELECT COUNT(*) FROM translation_tasks"));
        }
    }

    @Test
    void flushWhileHolding_answers504AndGoesOn() throws Exception {
        try (RunningService service = start("buffer.on-database-failure=hold", "service.flush-timeout=200ms")) {
            Client client = new Client(service);
            database.execute(AWAY);
            client.send("tasks", Client.task("t-1"));

            assertEquals(504, client.flush().status());

            database.execute(BACK);
            await().until(() ->
                    database.rows("SELECT task_id FROM translation_tasks").equals(List.of("t-1")));
        }
    }

    @Test
    void stopWhileHolding_endsInTime() throws Exception {
        RunningService service = start("buffer.on-database-failure=hold", "service.shutdown-timeout=1s");
        Client client = new Client(service);
        client.get("/health");
        database.execute(AWAY);
        client.send("tasks", Client.task("t-1"));

        assertEquals(1, service.beginStop().get(10, TimeUnit.SECONDS));

        List<String> errors = log.of(Level.ERROR);
        assertEquals(2, errors.size(), errors::toString);
        assertTrue(errors.get(0).contains("; held for "), errors.get(0));
        assertEquals("Stopped with 1 records lost: their batch could not be written (see above)", errors.get(1));
    }

    @Test
    void stopWhileHolding_writesWhatItStillCan() throws Exception {
        RunningService service = start("buffer.on-database-failure=hold");
        Client client = new Client(service);
        database.execute(AWAY);
        client.send("tasks", Client.task("t-1"));
        CompletableFuture<Integer> exitCode = service.beginStop();
        awaitWarning("Holding");

        database.execute(BACK);

        assertEquals(0, exitCode.get(30, TimeUnit.SECONDS));
        assertEquals(List.of("t-1"), database.rows("SELECT task_id FROM translation_tasks"));
    }

    @Test
    void deadLetteredRecords_areSentAgainAndTheNewestWins() throws Exception {
        try (RunningService service = deadLettering()) {
            Client client = new Client(service);
            assertEquals(200, client.write("tasks", task("older", "new", 1)).status());
            database.execute(AWAY);
            assertEquals(
                    503,
                    client.write("tasks", task("late", "lost", 5), task("older", "lost", 5), task("only", "lost", 5))
                            .status());
            assertEquals(
                    503, client.write("tasks", task("only", "lost later", 6)).status());
            database.execute(BACK);
            assertEquals(200, client.write("tasks", task("late", "newest", 7)).status());
            assertEquals(4, Files.readAllLines(dir().resolve("tasks.ndjson")).size());
            assertTrue(log.of(Level.ERROR).get(0).endsWith("; 3 tasks are kept in " + dir().resolve("tasks.ndjson")));

            Path moved = Files.move(dir().resolve("tasks.ndjson"), temporary.resolve("tasks.1.ndjson"));
            assertEquals(moved + ": 4 written, 0 refused\n", resend(0, service, moved));

            List<String> rows = List.of("late|newest|00:00:07", "older|lost|00:00:05", "only|lost later|00:00:06");
            assertEquals(rows, database.rows(ROWS));
            resend(0, service, moved);
            assertEquals(rows, database.rows(ROWS));
            assertFalse(Files.exists(dir().resolve("tasks.ndjson")));
        }
    }

    @Test
    void recordsThatTheDatabaseRefuses_areKeptAndNamedWhenSentAgain() throws Exception {
        try (RunningService service = deadLettering()) {
            Client client = new Client(service);
            database.execute("ALTER TABLE translation_tasks ADD CONSTRAINT positive CHECK (row_index < 100)");

            assertEquals(
                    422,
                    client.write("tasks", Client.task("good"), Client.task("bad", "row_index", 500))
                            .status());

            Path file = dir().resolve("tasks.ndjson");
            assertEquals(1, Files.readAllLines(file).size());
            Path moved = Files.move(file, temporary.resolve("tasks.ndjson"));
            String refused = resend(1, service, moved);
            assertTrue(
                    refused.matches("\\Q" + moved + "\\E:1: a check constraint does not allow it .*\n\\Q" + moved
                            + "\\E: 0 written, 1 refused\n"),
                    refused);
            assertEquals(Files.readString(moved), Files.readString(file), "kept once more, the same");
        }
    }

    @Test
    void stopWithAHangingDatabase_keepsWhatIsNotWritten() throws Exception {
        RunningService service = deadLettering("buffer.flush-interval=1d", "service.shutdown-timeout=2s");
        Client client = new Client(service);
        try (HeldTable table = new HeldTable(database, "translation_tasks")) {
            CompletableFuture<Client.Answer> waiting = client.beginWrite("tasks", List.of(Client.task("w-1")));
            table.awaitWriter();
            client.send("tasks", Client.task("a-1"), Client.task("a-2"));
            client.send("sessions", Client.session("s-1"));

            assertEquals(1, service.beginStop().get(20, TimeUnit.SECONDS));

            await().until(waiting::isDone);
            assertEquals(3, Files.readAllLines(dir().resolve("tasks.ndjson")).size());
            assertEquals(1, Files.readAllLines(dir().resolve("sessions.ndjson")).size());
        }
        List<String> errors = log.of(Level.ERROR);
        assertEquals("Stopped with 4 records lost: their batch could not be written (see above)", errors.get(2));
        assertTrue(
                errors.get(0)
                        .startsWith("lost 1 records (sessions 0, tasks 1): the service stops, and the database did not"
                                + " take it in time; 1 tasks are kept in "),
                errors.get(0));
    }

    private static String resend(int exitCode, RunningService service, Path file) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exited = PersistenceServer.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("resend", "--url", service.uri("").toString(), file.toString());
        assertEquals(exitCode, exited, () -> out + " " + err);
        return out.toString();
    }
}
