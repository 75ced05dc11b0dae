package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
class SchemaMigrationIT {

    private static final String TABLES =
            "SELECT table_name FROM information_schema.tables" + " WHERE table_schema = DATABASE() ORDER BY table_name";

    private final TestDatabase database = new TestDatabase();
    private final ConnectionPool pool = ConnectionPool.open(database.settings());
    private final SchemaMigration migration = new SchemaMigration(pool);

    @AfterEach
    void close() {
        pool.close();
        database.close();
    }

    @Test
    void emptyDatabase_getsTheTables() {
        assertEquals(1, migration.migrate());
        assertEquals(
                List.of("persistence_schema_history", "translation_sessions", "translation_tasks"),
                database.rows(TABLES));
    }

    @Test
    void secondStart_changesNothing() {
        migration.migrate();
        assertEquals(0, new SchemaMigration(pool).migrate());
        assertEquals(List.of(), migration.pending());
    }

    @Test
    void quickLook_agreesWithFlyway() {
        assertFalse(quickLook());
        migration.migrate();
        assertTrue(quickLook());
    }

    @Test
    void quickLook_leavesAllElseToFlyway() {
        migration.migrate();
        for (String change : List.of(
                "checksum = checksum + 1",
                "success = 0",
                "script = 'V1__other.sql'",
                "type = 'DELETE'",
                "version = '2', script = 'V2__later.sql'")) {
            database.execute("UPDATE persistence_schema_history SET " + change);
            assertFalse(quickLook(), change);
            database.execute("DROP TABLE persistence_schema_history");
            migration.migrate();
        }
    }

    @Test
    void changedMigration_endsTheStart() {
        migration.migrate();
        database.execute("UPDATE persistence_schema_history SET checksum = checksum + 1 WHERE type = 'SQL'");
        SchemaException refused = assertThrows(SchemaException.class, migration::migrate);
        assertTrue(refused.getMessage().contains("checksum"), refused.getMessage());
    }

    private boolean quickLook() {
        return MigrationHistory.isUpToDate(pool, "persistence_schema_history");
    }

    @Test
    void databaseWithOtherTables_isWelcome() {
        database.execute("CREATE TABLE other (n INT)");
        migration.migrate();
        assertEquals(4, database.rows(TABLES).size());
    }

    @Test
    void tableOfTheUser_staysAsItIs() {
        database.execute("CREATE TABLE translation_tasks (task_id VARCHAR(7) PRIMARY KEY)");
        migration.migrate();
        assertEquals(
                List.of("1"),
                database.rows("SELECT COUNT(*) FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE() AND table_name = 'translation_tasks'"));
    }

    @Test
    void pending_changesNothing() {
        assertEquals(List.of("V1 sessions and tasks"), migration.pending());
        assertEquals(List.of(), database.rows(TABLES));
    }

    @Test
    void keysOfTheShippedTables_areComparedByteForByte() {
        migration.migrate();
        for (String key : List.of("A", "a", "a ", "á")) {
            database.execute("INSERT INTO translation_sessions (session_id, filename, file_path, status, llm_provider,"
                    + " created_at, updated_at) VALUES ('" + key + "', '', '', 's', '', NOW(), NOW())");
        }
        assertEquals(List.of("4"), database.rows("SELECT COUNT(*) FROM translation_sessions"));
    }

    @Test
    void indexes_areThoseOfTheContract() {
        migration.migrate();
        List<String> indexes = database.rows("SELECT table_name, GROUP_CONCAT(column_name ORDER BY seq_in_index)"
                + " FROM information_schema.statistics WHERE table_schema = DATABASE()"
                + " AND table_name LIKE 'translation%' GROUP BY table_name, index_name ORDER BY 1, 2");
        assertTrue(indexes.contains("translation_tasks|session_id,status"), indexes.toString());
        assertEquals(11, indexes.size());
    }
}
