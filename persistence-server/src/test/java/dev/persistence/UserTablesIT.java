package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.persistence.mysql.TestDatabase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service on tables that its users already had: as they are, with {@code database.migrate = false}. */
@Tag("database")
class UserTablesIT {

    private static final List<String> TABLES = List.of("""
            CREATE TABLE translation_sessions (
              id INT AUTO_INCREMENT UNIQUE, session_id VARCHAR(36) PRIMARY KEY, filename VARCHAR(20) NOT NULL,
              file_path VARCHAR(500), status VARCHAR(20) NOT NULL, game_info JSON, llm_provider VARCHAR(50) DEFAULT 'x',
              metadata JSON, total_tasks INT UNSIGNED, completed_tasks SMALLINT, failed_tasks INT DEFAULT 7,
              processing_tasks INT, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
              updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, remark TEXT
            ) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci""", """
            CREATE TABLE translation_tasks (
              task_id VARCHAR(36) PRIMARY KEY, session_id VARCHAR(36) NOT NULL, batch_id VARCHAR(36) NOT NULL,
              sheet_name VARCHAR(100) NOT NULL, row_index INT NOT NULL, column_name VARCHAR(100) NOT NULL,
              source_text TEXT NOT NULL, target_text TEXT NOT NULL, context TEXT, error_message VARCHAR(10),
              status VARCHAR(20) NOT NULL, confidence DECIMAL(3, 2), retry_count TINYINT, start_time DATETIME,
              end_time DATETIME(3), duration_ms INT, created_at TIMESTAMP(3) NULL, updated_at DATETIME NOT NULL,
              FOREIGN KEY (session_id) REFERENCES translation_sessions (session_id)
            ) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci""");

    private final LogLines log = new LogLines();
    private final TestDatabase database = new TestDatabase();
    private RunningService service;
    private Client client;

    @BeforeEach
    void open() throws Exception {
        TABLES.forEach(database::execute);
        service =
                RunningService.start(database, Optional.empty(), "database.migrate=false", "buffer.flush-interval=1d");
        client = new Client(service);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
        log.close();
    }

    @Test
    void narrowerColumns_areListedInOneWarning() {
        List<String> warnings = log.of(Level.WARN);

        assertEquals(1, warnings.size(), warnings::toString);
        for (String column :
                List.of("filename", "session_id", "updated_at", "confidence", "retry_count", "target_text")) {
            assertTrue(warnings.get(0).contains("column " + column), () -> column + " in " + warnings);
        }
        assertEquals(List.of(), database.rows("SHOW TABLES LIKE 'flyway%'"));
    }

    @Test
    void valuesThatDoNotFitTheTable_areRefusedAtTheDoor() {
        Client.Answer answer = client.send(
                "sessions",
                Client.session("s-1", "filename", "x".repeat(21)),
                Client.session("s-2", "completed_tasks", 32768),
                Client.session("s-3", "updated_at", "2038-02-01T00:00:00Z"),
                Client.session("s-4", "created_at", "1969-12-31T23:59:59Z"),
                Client.session("s".repeat(37)),
                Client.session("s-5", "game_info", new JsonTree.Raw("{\"n\":1e999}")));

        assertEquals(422, answer.status());
        assertEquals(
                List.of(
                        "/sessions/0/filename",
                        "/sessions/1/completed_tasks",
                        "/sessions/2/updated_at",
                        "/sessions/3/created_at",
                        "/sessions/4/session_id",
                        "/sessions/5/game_info"),
                pointers(answer));
        assertEquals(
                List.of(
                        "/tasks/0/target_text",
                        "/tasks/1/target_text",
                        "/tasks/1/error_message",
                        "/tasks/1/retry_count"),
                pointers(client.send(
                        "tasks",
                        Client.task("t-1"),
                        Client.task("t-2", "target_text", null, "error_message", "elevenchars", "retry_count", 128))));
    }

    @Test
    void narrowestValues_areWritten() {
        Client.Answer sessions = client.write(
                "sessions",
                Client.session(
                        "s-1",
                        "filename",
                        "x".repeat(20),
                        "game_info",
                        new JsonTree.Raw("{\"a\": [1.5, \"😀\"]}"),
                        "updated_at",
                        "2037-12-31T23:59:59Z",
                        "created_at",
                        "1970-01-01T00:00:01Z"));
        assertEquals(200, sessions.status(), () -> sessions.http().body());
        Client.Answer tasks = client.write(
                "tasks",
                Client.task("t-1", "target_text", "", "confidence", 0.996, "end_time", "2026-01-02T03:04:05.9999Z"),
                Client.task("t-2", "target_text", "x", "start_time", "2026-01-02T03:04:05.9Z", "confidence", 0.005));
        assertEquals(200, tasks.status(), () -> tasks.http().body());

        assertEquals(
                List.of("x".repeat(20) + "|1970-01-01 00:00:01|2037-12-31 23:59:59|0"),
                utc("SELECT filename, created_at, updated_at, failed_tasks FROM translation_sessions"));
        assertEquals(
                List.of("1.00|null|2026-01-02 03:04:05.999", "0.01|2026-01-02 03:04:05|null"),
                database.rows(
                        "SELECT confidence, CAST(start_time AS CHAR), CAST(end_time AS CHAR) FROM translation_tasks"
                                + " ORDER BY task_id"));
    }

    @Test
    void timesAreCutToTheColumnBeforeTheyAreCompared() {
        client.write("sessions", Client.session("s-1"));
        client.write("tasks", task("first", "2026-01-02T03:04:05.9Z"));
        client.write("tasks", task("same second", "2026-01-02T03:04:05.1Z"));
        assertEquals(List.of("same second|2026-01-02 03:04:05"), results());

        client.write("tasks", task("second before", "2026-01-02T03:04:04.999999Z"));
        assertEquals(List.of("same second|2026-01-02 03:04:05"), results());
    }

    @Test
    void keysThatTheTableTakesForEqual_areOneRowInOrderOfArrival() {
        client.send(
                "sessions",
                Client.session("A", "status", "1"),
                Client.session("b", "status", "2"),
                Client.session("a", "status", "3", "metadata", List.of(1)),
                Client.session("Á", "status", "4"),
                Client.session("B", "status", "5"));
        client.flush();

        assertEquals(
                List.of("4|[1]", "5|null"),
                database.rows("SELECT status, metadata FROM translation_sessions ORDER BY session_id"));
    }

    @Test
    void foreignKey_refusesOnlyTheRowWithoutSession() {
        client.send("tasks", taskOf("s-1", "t-1"), taskOf("nobody", "t-2"));
        client.send("sessions", Client.session("s-1"));

        assertEquals(1, client.flush().number("failed"));
        assertEquals(List.of("t-1"), database.rows("SELECT task_id FROM translation_tasks"));
        assertEquals("/tasks/0", client.write("tasks", taskOf("nobody", "t-2")).at("errors", "0", "pointer"));
    }

    @Test
    void columnThatTheTableSetsByItself_keepsTheRecordsTime() {
        client.write(
                "sessions",
                Client.session("s-1", "created_at", "2020-01-01T00:00:00Z", "updated_at", "2021-01-01T00:00Z"));
        client.write("sessions", Client.session("s-1", "status", "old", "updated_at", "2020-06-01T00:00:00Z"));

        assertEquals(
                List.of("new|2020-01-01 00:00:00|2021-01-01 00:00:00"),
                utc("SELECT status, created_at, updated_at FROM translation_sessions"));
    }

    private static java.util.Map<String, Object> task(String target, String updatedAt) {
        return Client.task("t-1", "target_text", target, "updated_at", updatedAt);
    }

    private static java.util.Map<String, Object> taskOf(String session, String id) {
        return Client.task(id, "session_id", session, "target_text", "");
    }

    private List<String> results() {
        return database.rows("SELECT target_text, CAST(updated_at AS CHAR) FROM translation_tasks");
    }

    /** The driver shows TIMESTAMP in the zone of its session, so they are turned into text on a server in UTC. */
    private List<String> utc(String sql) {
        return database.rows(sql.replace("created_at", inUtc("created_at")).replace("updated_at", inUtc("updated_at")));
    }

    private static String inUtc(String column) {
        return "CAST(FROM_UNIXTIME(0) + INTERVAL UNIX_TIMESTAMP(" + column + ") SECOND - INTERVAL"
                + " TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', FROM_UNIXTIME(0)) SECOND AS CHAR)";
    }

    private static List<?> pointers(Client.Answer answer) {
        return ((List<?>) answer.at("errors"))
                .stream().map(fault -> JsonTree.at(fault, "pointer")).toList();
    }
}
