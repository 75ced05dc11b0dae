package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.mysql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
        service = RunningService.start(database, "buffer.flush-interval=1d", "service.naive-time-zone=+02:00");
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
    void keys_compareByteForByte() {
        List<String> keys = List.of("A", "a", "a ", "á", "a\u0301", "ａ", "ß", "ss", "\0", "😀");
        List<Map<String, Object>> sessions = new ArrayList<>();
        keys.forEach(key -> sessions.add(Client.session(key, "filename", key)));
        assertEquals(200, client.write("sessions", sessions).status());
        assertEquals(200, client.write("sessions", sessions).status());

        assertEquals(
                List.of(keys.size() + "|" + keys.size()),
                rows("SELECT COUNT(*), SUM(HEX(session_id) = HEX(filename)) FROM translation_sessions"));
    }

    @Test
    void texts_areStoredAsTheyWereSent() throws Exception {
        List<String> texts = List.of(
                "NUL \0 in it",
                "😀 \uFFFF \u2028",
                "quotes ' \" ` '' \\' \\\" end\\",
                "'); DROP TABLE translation_tasks; -- ",
                "\b\t\n\r\u001a %_ \\% \\_",
                "{fn now()} ? ?1 :name ${x}",
                "");
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            tasks.add(Client.task("t-" + i, "source_text", texts.get(i), "sheet_name", texts.get(i)));
        }
        assertEquals(200, client.write("tasks", tasks).status());

        assertEquals(texts, column("SELECT source_text FROM translation_tasks ORDER BY task_id"));
        assertEquals(texts, column("SELECT sheet_name FROM translation_tasks ORDER BY task_id"));
    }

    @Test
    void json_keepsItsDigitsAndItsText() throws Exception {
        String json = "{\"b\":1.10,\"a\":12345678901234567890.12345678901234567890,\"e\":1E+2,\"z\":-0.0,"
                + "\"q\":\"\\\"\\\\ \\u0000 😀\",\"a\":[ ]}";
        client.write("sessions", Client.session("s-1", "game_info", new JsonTree.Raw(json), "metadata", List.of(1)));

        List<String> stored = column("SELECT game_info FROM translation_sessions");
        for (String kept : List.of("1.10", "12345678901234567890.12345678901234567890", "1E+2", "-0.0", "[]}")) {
            assertTrue(stored.get(0).contains(kept), () -> kept + " in " + stored);
        }
        assertEquals(JsonTree.parse(json), JsonTree.parse(stored.get(0)));
        assertEquals(List.of("[1]"), rows("SELECT metadata FROM translation_sessions"));
    }

    @Test
    void times_areStoredInUtcToTheMicrosecond() {
        client.write(
                "tasks",
                Client.task(
                        "t-1", "start_time", "2026-01-02T03:04:05.1234567+05:30", "end_time", "2026-01-02 03:04:05.5"),
                Client.task("t-2", "start_time", "1000-01-01T00:00:00Z", "end_time", "9999-12-31T23:59:59.999999Z"));

        assertEquals(
                List.of(
                        "2026-01-01 21:34:05.123456|2026-01-02 01:04:05.500000",
                        "1000-01-01 00:00:00.000000|9999-12-31 23:59:59.999999"),
                rows(
                        "SELECT CAST(start_time AS CHAR), CAST(end_time AS CHAR) FROM translation_tasks ORDER BY task_id"));
        assertEquals(
                422,
                client.send("tasks", Client.task("t-3", "start_time", "10000-01-01T00:00:00Z"))
                        .status());
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

    private List<String> column(String sql) throws Exception {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }
}
