package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.mysql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the contract promises of keys and values, from the JSON of a request to the shipped tables. */
@Tag("database")
class ContractValuesIT {

    private final LogLines log = new LogLines();
    private final TestDatabase database = new TestDatabase();
    private RunningService service;
    private Client client;

    @BeforeEach
    void open() throws Exception {
        service = RunningService.start(database, "service.naive-time-zone=+02:00");
        client = new Client(service);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
        log.close();
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
