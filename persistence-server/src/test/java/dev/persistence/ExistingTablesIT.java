package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.persistence.mysql.QueryRows;
import dev.persistence.mysql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The service beside a back end that has long written to the same tables itself, in a session of another time zone, and
 * goes on doing so: rows are there already, and the tables are as they grew.
 */
@Tag("database")
class ExistingTablesIT {

    private static final String SESSIONS = """
            CREATE TABLE translation_sessions (
              id %s AUTO_INCREMENT PRIMARY KEY, session_id VARCHAR(36) NOT NULL, filename VARCHAR(200) NOT NULL,
              file_path VARCHAR(500) NOT NULL, status VARCHAR(20) NOT NULL DEFAULT 'new', game_info JSON,
              llm_provider VARCHAR(50) NOT NULL, metadata JSON, total_tasks INT DEFAULT 0, completed_tasks INT DEFAULT 0,
              failed_tasks INT DEFAULT 0, processing_tasks INT DEFAULT 0, owner VARCHAR(50),
              created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
              updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
              UNIQUE KEY uk_session (session_id)
            ) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE %s""";

    private static final String TASKS = """
            CREATE TABLE translation_tasks (
              task_id VARCHAR(36) PRIMARY KEY, session_id VARCHAR(36) NOT NULL, batch_id VARCHAR(36) NOT NULL,
              sheet_name VARCHAR(100) NOT NULL, row_index INT NOT NULL, column_name VARCHAR(100) NOT NULL,
              source_text TEXT NOT NULL, target_text TEXT, context TEXT, error_message TEXT,
              status VARCHAR(20) NOT NULL, confidence DECIMAL(5, 4), retry_count INT DEFAULT 0,
              start_time TIMESTAMP NULL, end_time TIMESTAMP NULL, duration_ms INT,
              created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
              updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
              CONSTRAINT fk_session FOREIGN KEY (session_id) REFERENCES translation_sessions (session_id)
                ON DELETE CASCADE
            ) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE %s""";

    private static final String STATES = "SELECT session_id, status, owner, updated_at FROM translation_sessions";

    private final LogLines log = new LogLines();
    private final TestDatabase database = new TestDatabase();
    private final List<RunningService> services = new ArrayList<>();

    @BeforeEach
    void createTables() {
        createTables("INT");
        backEnd("INSERT INTO translation_sessions (session_id, filename, file_path, llm_provider, owner, created_at,"
                + " updated_at) VALUES ('s-old', 'a.xlsx', '/a.xlsx', 'none', 'ann', '2025-12-31 12:00:00',"
                + " '2026-01-01 12:00:00')");
    }

    private void createTables(String number) {
        String collation = database.exactCollation().contains("0900") ? "utf8mb4_0900_ai_ci" : "utf8mb4_unicode_ci";
        database.execute(
                "DROP TABLE IF EXISTS translation_tasks",
                "DROP TABLE IF EXISTS translation_sessions",
                SESSIONS.formatted(number, collation),
                TASKS.formatted(collation));
    }

    @AfterEach
    void close() {
        services.forEach(RunningService::close);
        database.close();
        log.close();
    }

    @Test
    void start_warnsOnceOfWhatIsNarrowerAndChangesNothing() throws Exception {
        List<String> before = tables();
        start();

        List<String> warnings = log.of(Level.WARN);
        assertEquals(1, warnings.size(), warnings::toString);
        for (String narrower : List.of(
                "sessions, table translation_sessions, column filename (varchar(200) NOT NULL): at most 200 characters",
                "column session_id (varchar(36) NOT NULL): keys do not compare byte for byte",
                "column updated_at (timestamp NOT NULL): times are cut to 0 digits of a second",
                "NOT NULL): every row that is sent uses up a number")) {
            assertTrue(warnings.get(0).contains(narrower), () -> narrower + " in " + warnings);
        }
        assertEquals(before, tables());
        assertEquals(List.of("s-old|new|ann|2026-01-01 10:00:00"), rows(STATES));
    }

    @Test
    void valueThatOnlyTheShippedTableHolds_isRefusedAtTheDoor() throws Exception {
        Client.Answer answer = start().send("sessions", Client.session("s-1", "filename", "x".repeat(201)));

        assertEquals(422, answer.status());
        assertEquals("/sessions/0/filename", answer.at("errors", "0", "pointer"));
    }

    @Test
    void oneBatch_changesRowsThatAreThereAndInsertsNewOnes() throws Exception {
        Client client = start();
        client.send(
                "sessions",
                session("s-old", "done", "2026-01-01T10:00:01Z"),
                session("s-new", "new", "2026-02-01T00:00Z"));

        assertEquals(0, client.flush().number("failed"));
        assertEquals(
                List.of("s-new|new|null|2026-02-01 00:00:00", "s-old|done|ann|2026-01-01 10:00:01"),
                rows(STATES + " ORDER BY session_id"));
        assertEquals(
                List.of("1|2025-12-31 10:00:00"),
                rows("SELECT id, created_at FROM translation_sessions WHERE session_id = 's-old'"));
    }

    @Test
    void newest_winsOverTheBackEndsOwnRow() throws Exception {
        Client client = start();
        client.write("sessions", session("s-old", "stale", "2026-01-01T09:59:59.999999Z"));
        assertEquals(List.of("s-old|new|ann|2026-01-01 10:00:00"), rows(STATES));

        client.write("sessions", session("s-old", "same second", "2026-01-01T10:00:00.7Z"));
        client.write("sessions", session("s-old", "same second, later", "2026-01-01T10:00:00.1Z"));
        assertEquals(List.of("s-old|same second, later|ann|2026-01-01 10:00:00"), rows(STATES));
    }

    @Test
    void changeByTheBackEnd_countsAsMadeNow() throws Exception {
        Client client = start();
        client.write("sessions", session("s-old", "sent", "2026-01-02T00:00:00Z"));
        backEnd("UPDATE translation_sessions SET status = 'theirs' WHERE session_id = 's-old'");
        client.write("sessions", session("s-old", "late", "2026-01-03T00:00:00Z"));
        assertEquals(List.of("theirs"), rows("SELECT status FROM translation_sessions"));

        client.write("sessions", session("s-old", "ours", "2036-01-01T00:00:00Z"));
        assertEquals(List.of("s-old|ours|ann|2036-01-01 00:00:00"), rows(STATES));
    }

    @Test
    void backEndInAnotherTimeZone_readsTheMomentThatWasSent() throws Exception {
        start().write("sessions", session("s-1", "new", "2026-07-01T22:30:00Z"));

        assertEquals(
                List.of("2026-07-02 00:30:00|2026-07-02 00:30:00"),
                rows("+02:00", "SELECT created_at, updated_at FROM translation_sessions WHERE session_id = 's-1'"));
    }

    @Test
    void taskBeforeItsSession_isWrittenInTheSameFlush() throws Exception {
        Client client = start();
        client.send("tasks", task("t-1", "s-1"));
        client.send("sessions", Client.session("s-1"));

        assertEquals(0, client.flush().number("failed"));
        assertEquals(List.of("t-1|s-1"), rows("SELECT task_id, session_id FROM translation_tasks"));
    }

    @Test
    void taskWithoutItsSession_isRefusedAloneAndNamed() throws Exception {
        Client.Answer answer =
                start().write("tasks", task("t-1", "s-old"), task("t-2", "nobody"), task("t-3", "s-old"));

        assertEquals(422, answer.status());
        assertEquals(2, answer.number("written"));
        assertEquals("/tasks/1", answer.at("errors", "0", "pointer"));
        assertEquals(List.of("t-1", "t-3"), rows("SELECT task_id FROM translation_tasks ORDER BY task_id"));
    }

    @Test
    void keysThatDifferInCase_areOneRowWhicheverCameFirst() throws Exception {
        Client client = start();
        client.send(
                "sessions",
                session("S-Old", "1", "2026-02-01T00:00:01Z"),
                session("s-1", "1", "2026-02-01T00:00:01Z"),
                session("s-OLD", "2", "2026-02-01T00:00:02Z"),
                session("S-1", "2", "2026-02-01T00:00:02Z"),
                session("s-old", "stale", "2026-02-01T00:00:01Z"));
        client.send("tasks", task("t-1", "S-OLD"));

        assertEquals(0, client.flush().number("failed"));
        assertEquals(
                List.of("s-1|2|null|2026-02-01 00:00:02", "s-old|2|ann|2026-02-01 00:00:02"),
                rows(STATES + " ORDER BY session_id"));
    }

    @Test
    void secondInstance_sharesTheRows() throws Exception {
        Client one = start();
        Client other = start();
        one.send("sessions", session("s-1", "newest", "2026-02-01T00:00:03Z"));
        other.send(
                "sessions",
                session("s-1", "older", "2026-02-01T00:00:02Z"),
                session("s-old", "done", "2026-02-01T00:00Z"));
        other.send("tasks", task("t-1", "s-1"));
        assertEquals(0, one.flush().number("failed"));
        assertEquals(0, other.flush().number("failed"));

        assertEquals(
                List.of("s-1|newest|null|2026-02-01 00:00:03", "s-old|done|ann|2026-02-01 00:00:00"),
                rows(STATES + " ORDER BY session_id"));
    }

    @Test
    void usedUpNumbers_refuseRecordsInsteadOfChangingTheRowOfAnotherKey() throws Exception {
        createTables("TINYINT");
        Client client = start();
        client.write("sessions", session("s-first", "new", "2026-02-01T00:00:00Z"));
        database.execute(
                "UPDATE translation_sessions SET id = 126, updated_at = updated_at",
                "ALTER TABLE translation_sessions AUTO_INCREMENT = 127");
        client.write("sessions", session("s-last", "new", "2026-02-01T00:00:00Z"));
        Client.Answer none = client.write("sessions", session("s-none", "new", "2026-02-02T00:00:00Z"));

        assertEquals(422, none.status());
        assertEquals("/sessions/0", none.at("errors", "0", "pointer"));
        assertEquals(
                List.of("126|s-first|2026-02-01 00:00:00", "127|s-last|2026-02-01 00:00:00"),
                rows("SELECT id, session_id, updated_at FROM translation_sessions ORDER BY id"));
    }

    private Client start() throws Exception {
        RunningService service = RunningService.start(database, "database.migrate=false", "buffer.flush-interval=1d");
        services.add(service);
        return new Client(service);
    }

    private static Map<String, Object> session(String id, String status, String updatedAt) {
        return Client.session(id, "status", status, "updated_at", updatedAt);
    }

    private static Map<String, Object> task(String id, String session) {
        return Client.task(id, "session_id", session);
    }

    private List<String> tables() {
        return database.rows("SELECT table_name, column_name, column_type FROM information_schema.columns"
                + " WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position");
    }

    /** What the back end does itself. */
    private void backEnd(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+02:00'");
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    private List<String> rows(String sql) {
        return rows("+00:00", sql);
    }

    /** With moments as text, in a session of this time zone. */
    private List<String> rows(String zone, String sql) {
        String text = sql.replaceAll("\\b(created_at|updated_at)\\b", "CAST($1 AS CHAR)");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '" + zone + "'");
            return QueryRows.read(connection, text);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }
}
