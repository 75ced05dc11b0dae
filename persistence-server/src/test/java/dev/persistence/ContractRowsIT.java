package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.mysql.TestDatabase;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the contract promises of rows, each promise over HTTP, on the shipped tables. */
@Tag("database")
class ContractRowsIT {

    private static final String DAY_1 = "2026-01-01T00:00:00Z";
    private static final String DAY_2 = "2026-01-02T00:00:00Z";
    private static final String DAY_3 = "2026-01-03T00:00:00Z";

    private final LogLines log = new LogLines();
    private final TestDatabase database = new TestDatabase();
    private RunningService service;
    private Client client;

    @BeforeEach
    void open() throws Exception {
        service = RunningService.start(database, "buffer.flush-interval=1d");
        client = new Client(service);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
        log.close();
    }

    @Test
    void recordsOfOneKey_areOneRow() {
        for (int i = 0; i < 5; i++) {
            client.send("tasks", Client.task("t-1", "retry_count", i), Client.task("t-1", "retry_count", 10 + i));
            if (i % 2 == 0) {
                client.flush();
            }
        }
        client.flush();

        assertEquals(List.of("t-1|14"), rows("SELECT task_id, retry_count FROM translation_tasks"));
    }

    @Test
    void absentFields_takeTheirDefaultsOnInsertAndKeepTheirValuesAfterwards() {
        client.write("sessions", Client.session("s-1", "metadata", Map.of("a", 1), "failed_tasks", 3));
        client.write("sessions", Client.session("s-1", "completed_tasks", 2));

        assertEquals(
                List.of("{\"a\":1}|null|0|2|3"),
                rows(
                        "SELECT metadata, game_info, total_tasks, completed_tasks, failed_tasks FROM translation_sessions"));
    }

    @Test
    void nulls_clearOptionalFieldsAndResetThoseWithDefaults() {
        client.write("sessions", Client.session("s-1", "metadata", Map.of("a", 1), "failed_tasks", 3));
        client.write("sessions", Client.session("s-1", "metadata", null, "failed_tasks", null));

        assertEquals(List.of("null|0"), rows("SELECT metadata, failed_tasks FROM translation_sessions"));
        assertEquals(
                422,
                client.send("sessions", Client.session("s-1", "status", null)).status());
    }

    @Test
    void olderRecord_changesNothing() {
        client.write("tasks", Client.task("t-1", "status", "done", "updated_at", DAY_2));
        client.write("tasks", Client.task("t-1", "status", "old", "target_text", "old", "updated_at", DAY_1));

        assertEquals(
                List.of("done|null|2026-01-02 00:00:00"),
                rows("SELECT status, target_text, updated_at FROM translation_tasks"));
    }

    @Test
    void laterRecordOfTheSameTime_wins() {
        client.write("tasks", Client.task("t-1", "status", "first", "updated_at", DAY_2));
        client.write("tasks", Client.task("t-1", "status", "second", "updated_at", DAY_2));

        assertEquals(List.of("second"), rows("SELECT status FROM translation_tasks"));
    }

    @Test
    void recordWithoutTime_isOfItsArrival() {
        LocalDateTime before = LocalDateTime.now(ZoneOffset.UTC).minusSeconds(1);
        client.write(
                "tasks",
                Client.task("past", "updated_at", DAY_1),
                Client.task("future", "updated_at", "2999-01-01T00:00Z"));
        client.write("tasks", Client.task("past", "status", "now"), Client.task("future", "status", "now"));

        assertEquals(
                List.of("future|new", "past|now"),
                rows("SELECT task_id, status FROM translation_tasks ORDER BY task_id"));
        LocalDateTime arrival = LocalDateTime.parse(
                rows("SELECT DATE_FORMAT(updated_at, '%Y-%m-%dT%H:%i:%s.%f') FROM translation_tasks WHERE task_id = 'past'")
                        .get(0),
                DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        assertTrue(arrival.isAfter(before), arrival::toString);
        assertTrue(arrival.isBefore(LocalDateTime.now(ZoneOffset.UTC).plusSeconds(1)), arrival::toString);
    }

    @Test
    void creationTime_isSetOnceByTheRecordThatInserts() {
        client.send(
                "tasks",
                Client.task("own", "created_at", DAY_1, "updated_at", DAY_2),
                Client.task("none", "updated_at", DAY_2));
        client.send(
                "tasks",
                Client.task("own", "created_at", DAY_3, "updated_at", DAY_3),
                Client.task("none", "updated_at", DAY_3));
        client.flush();
        client.write(
                "tasks",
                Client.task("own", "created_at", DAY_3, "updated_at", DAY_3),
                Client.task("none", "created_at", null));

        assertEquals(
                List.of("none|2026-01-02 00:00:00", "own|2026-01-01 00:00:00"),
                rows("SELECT task_id, created_at FROM translation_tasks ORDER BY task_id"));
    }

    @Test
    void result_isTheSameWhereverFlushesFall() {
        List<Map<String, Object>> history = List.of(
                Client.task("", "target_text", "a", "updated_at", DAY_2, "created_at", DAY_3),
                Client.task("", "context", "b", "updated_at", DAY_1),
                Client.task("", "context", "c", "updated_at", DAY_2),
                Client.task("", "target_text", null, "confidence", 0.5, "updated_at", DAY_3, "created_at", DAY_1),
                Client.task("", "context", "d", "confidence", 1, "updated_at", DAY_2),
                Client.task("", "retry_count", 9, "status", "last", "updated_at", DAY_3));
        int cuts = 1 << (history.size() - 1);
        for (int cut = 0; cut < cuts; cut++) {
            for (int record = 0; record < history.size(); record++) {
                Map<String, Object> sent = Client.record("task_id", "t-" + cut);
                history.get(record).forEach(sent::putIfAbsent);
                client.send("tasks", sent);
                if ((cut & 1 << record) != 0) {
                    client.flush();
                }
            }
            client.flush();
        }

        assertEquals(
                List.of(cuts + "|null|c|0.5000|9|last|2026-01-03 00:00:00|2026-01-03 00:00:00"),
                rows("SELECT COUNT(*), target_text, context, confidence, retry_count, status, created_at, updated_at"
                        + " FROM translation_tasks GROUP BY 2, 3, 4, 5, 6, 7, 8"));
    }

    @Test
    void wholeRecordsOfOneKey_areMergedAndCountedAsWritten() {
        for (String status : List.of("new", "running", "done")) {
            client.send("tasks", Client.task("t-1", "status", status), Client.task("t-2", "status", status));
        }
        assertEquals(6, client.flush().number("tasks_written"));

        Client.Answer stats = client.stats();
        assertEquals(2, stats.number("performance", "total_rows_written"));
        assertEquals(4, stats.number("performance", "total_merged"));
        assertEquals(6, stats.number("performance", "total_tasks_written"));
    }

    @Test
    void rowsOfAFlush_areWrittenInOrderOfTheirKeys() {
        database.execute("ALTER TABLE translation_tasks ADD seq BIGINT NOT NULL AUTO_INCREMENT UNIQUE");
        IntStream.range(0, 50).forEach(i -> client.send("tasks", Client.task("t-" + i * 37 % 50)));
        client.flush();

        assertEquals(
                rows("SELECT task_id FROM translation_tasks ORDER BY task_id"),
                rows("SELECT task_id FROM translation_tasks ORDER BY seq"));
    }

    @Test
    void rowThatACheckRefuses_isLeftOutAlone() {
        database.execute("ALTER TABLE translation_tasks ADD CHECK (status <> 'bad')");
        Client.Answer answer = client.write(
                "tasks",
                Client.task("t-1"),
                Client.task("t-2", "status", "bad", "updated_at", DAY_2),
                Client.task("t-3"),
                Client.task("t-2", "status", "good", "updated_at", DAY_1),
                Client.task("t-4", "status", "bad"));

        assertEquals(422, answer.status());
        assertEquals(3, answer.number("written"));
        assertEquals(2, answer.number("error_count"));
        assertEquals("/tasks/1", answer.at("errors", "0", "pointer"));
        assertEquals("/tasks/4", answer.at("errors", "1", "pointer"));
        assertEquals(
                List.of("t-1|new", "t-2|good", "t-3|new"),
                rows("SELECT task_id, status FROM translation_tasks ORDER BY task_id"));
        assertEquals(2, client.stats().number("performance", "total_tasks_failed"));
        assertTrue(log.of(ch.qos.logback.classic.Level.WARN).stream().anyMatch(line -> line.contains("t-4")));
    }

    @Test
    void sessionsAreWrittenBeforeTasks_soThatAForeignKeyHolds() {
        database.execute("ALTER TABLE translation_tasks ADD FOREIGN KEY (session_id)"
                + " REFERENCES translation_sessions (session_id)");
        client.send("tasks", Client.task("t-1", "session_id", "s-1"), Client.task("t-2", "session_id", "nobody"));
        client.send("sessions", Client.session("s-1"));

        Client.Answer flushed = client.flush();
        assertEquals(
                List.of(1L, 1L, 1L),
                List.of(flushed.number("sessions_written"), flushed.number("tasks_written"), flushed.number("failed")));
        assertEquals(List.of("t-1"), rows("SELECT task_id FROM translation_tasks"));
    }

    private List<String> rows(String sql) {
        return database.rows(sql);
    }
}
