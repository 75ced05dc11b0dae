package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.batch.WriteOutcome;
import dev.persistence.batch.WriteOutcome.Committed;
import dev.persistence.batch.WriteOutcome.Lost;
import dev.persistence.ring.Refusal;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.PipelineMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rows that batches leave behind. */
@Tag("database")
class MySqlStoreIT {

    private static final String EARLY = "2026-01-01 00:00:05.000000";
    private static final String LATE = "2026-01-01 00:00:07.000001";

    private static final String EVERYTHING = """
            { name = all, table = everything, key = id, change-time = changed, creation-time = made, columns = [
              { name = id, type = string, length = 64, required = true }
              { name = s, type = string, length = 400 }
              { name = t, type = text, bytes = 200000 }
              { name = i, type = integer, default = 7 }
              { name = l, type = long }
              { name = d, type = decimal, precision = 9, scale = 4 }
              { name = b, type = boolean }
              { name = m, type = timestamp }
              { name = j, type = json }
              { name = made, type = timestamp }
              { name = changed, type = timestamp } ] }""";

    private final TestDatabase database = new TestDatabase();
    private final RecordTypes types = Slots.declared(EVERYTHING);
    private final Slots slots = new Slots(types);
    private ConnectionPool pool;
    private MySqlStore store;

    @BeforeEach
    void open() {
        pool = ConnectionPool.open(database.settings());
        String exact = pool.server().dialect().exactCollation();
        database.execute("CREATE TABLE everything (id VARCHAR(64) COLLATE " + exact + " PRIMARY KEY, s VARCHAR(400),"
                + " t MEDIUMTEXT, i INT NOT NULL DEFAULT 3, l BIGINT, d DECIMAL(9,4), b BOOLEAN, m DATETIME(6),"
                + " j LONGTEXT, made DATETIME(6) NOT NULL, changed DATETIME(6)) CHARACTER SET utf8mb4 COLLATE "
                + exact);
        store = new MySqlStore(pool, PipelineMetrics.NONE);
    }

    @AfterEach
    void close() {
        pool.close();
        database.close();
    }

    @Test
    void everyType_comesBackAsItWasSent() {
        add(
                "k",
                LATE,
                "s",
                "it's \\ \"x\" 😀",
                "t",
                "line\nline",
                "i",
                "-2147483648",
                "l",
                "9223372036854775807",
                "d",
                "-12345.6789",
                "b",
                "1",
                "m",
                "1000-01-01 00:00:00.000001",
                "j",
                "{\"a\":[1.000,{}]}");
        assertWritten();
        assertEquals(
                List.of("k|it's \\ \"x\" 😀|line\nline|-2147483648|9223372036854775807|-12345.6789|1"
                        + "|1000-01-01 00:00:00.000001|{\"a\":[1.000,{}]}|2026-01-01 00:00:07.000001"
                        + "|2026-01-01 00:00:07.000001"),
                database.rows("SELECT id, s, t, i, l, d, b, CAST(m AS CHAR), j, CAST(made AS CHAR),"
                        + " CAST(changed AS CHAR) FROM everything"));
    }

    @Test
    void everyCharacter_comesBackAsItWasSent() {
        StringBuilder all = new StringBuilder();
        IntStream.range(0, 128).forEach(c -> all.append((char) c));
        all.append(
                "'';DROP TABLE everything;-- %s ? :x {fn now()} {d '1'} \\' \\\\' 縗 表 ソ é 😀 \u00bf' \u00bf\\ /*! */ #");
        add("k", LATE, "s", all.toString(), "t", all.toString(), "j", "{\"\u0000\":\"" + all + "\"}");
        assertWritten();
        assertEquals(all.toString(), database.rows("SELECT s FROM everything").get(0));
        assertEquals(all.toString(), database.rows("SELECT t FROM everything").get(0));
        assertEquals(
                "{\"\u0000\":\"" + all + "\"}",
                database.rows("SELECT j FROM everything").get(0));
    }

    @Test
    void hostileGlobals_changeNothing() {
        List<String> before = database.rows("SELECT @@GLOBAL.sql_mode, @@GLOBAL.time_zone");
        String mode = before.get(0).split("\\|", -1)[0];
        String zone = before.get(0).split("\\|", -1)[1];
        try {
            database.execute(
                    "SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'", "SET GLOBAL time_zone = '+05:00'");
            pool.close();
            open2();
            everyCharacter_comesBackAsItWasSent();
            add("k2", LATE, "s", "x".repeat(401));
            assertEquals(1, refusals().size());
        } finally {
            database.execute("SET GLOBAL sql_mode = '" + mode + "'", "SET GLOBAL time_zone = '" + zone + "'");
        }
    }

    private void open2() {
        pool = ConnectionPool.open(database.settings());
        store = new MySqlStore(pool, PipelineMetrics.NONE);
    }

    @Test
    void absentField_keepsItsValueAndNullClearsIt() {
        add("k", EARLY, "s", "one", "t", "text", "i", "1");
        assertWritten();
        add("k", LATE, "s", null);
        assertWritten();
        assertEquals(List.of("null|text|1"), database.rows("SELECT s, t, i FROM everything"));
    }

    @Test
    void absentField_takesTheDeclaredDefaultOnInsert() {
        add("k", EARLY);
        assertWritten();
        assertEquals(List.of("7|null"), database.rows("SELECT i, s FROM everything"));
    }

    @Test
    void olderRecord_changesNothing() {
        add("k", LATE, "s", "new");
        assertWritten();
        add("k", EARLY, "s", "old", "i", "9");
        assertWritten();
        assertEquals(List.of("new|7|" + LATE), database.rows("SELECT s, i, CAST(changed AS CHAR) FROM everything"));
    }

    @Test
    void ofEqualTimes_theLaterArrivalWins() {
        add("k", LATE, "s", "first");
        assertWritten();
        add("k", LATE, "s", "second");
        assertWritten();
        assertEquals(List.of("second"), database.rows("SELECT s FROM everything"));
    }

    @Test
    void rowWithoutTime_isOlderThanEverything() {
        database.execute("INSERT INTO everything (id, s, made) VALUES ('k', 'theirs', '2020-01-01')");
        add("k", EARLY, "s", "ours");
        assertWritten();
        assertEquals(List.of("ours|" + EARLY), database.rows("SELECT s, CAST(changed AS CHAR) FROM everything"));
    }

    @Test
    void creationTime_isSetOnce() {
        add("k", EARLY, "made", "2025-05-05 05:05:05.000005");
        assertWritten();
        add("k", LATE, "made", "2026-06-06 06:06:06.000006");
        assertWritten();
        assertEquals(List.of("2025-05-05 05:05:05.000005"), database.rows("SELECT CAST(made AS CHAR) FROM everything"));
    }

    @Test
    void wavesOfOneKey_areWrittenOneAfterAnother() {
        add("k", EARLY, "s", "x");
        add("k", LATE, "i", "5");
        add("k", LATE, "s", "y");
        assertWritten();
        assertEquals(List.of("y|5|" + EARLY), database.rows("SELECT s, i, CAST(made AS CHAR) FROM everything"));
    }

    @Test
    void keys_areComparedByteForByte() {
        for (String key : List.of("A", "a", "a ", "á", "a\u0000", "😀", "😁")) {
            add(key, LATE, "s", key);
        }
        assertWritten();
        assertEquals(List.of("7"), database.rows("SELECT COUNT(*) FROM everything WHERE BINARY id = BINARY s"));
    }

    @Test
    void manyRows_areWrittenAsSeveralStatementsOfOneTransaction() {
        IntStream.range(0, 2500).forEach(i -> add("k" + i, LATE, "i", "" + i));
        assertWritten();
        assertEquals(List.of("2500|3123750"), database.rows("SELECT COUNT(*), SUM(i) FROM everything"));
    }

    @Test
    void refusedRows_areIsolatedAndTheRestIsWritten() {
        database.execute("ALTER TABLE everything ADD CHECK (i <> 13)");
        IntStream.range(0, 100).forEach(i -> add("k" + i, LATE, "i", i % 10 == 3 ? "13" : "1"));
        List<Refusal> refusals = refusals();
        assertEquals(10, refusals.size());
        assertTrue(refusals.get(0).reason().startsWith("a check constraint does not allow it"), refusals.toString());
        assertEquals(List.of("90"), database.rows("SELECT COUNT(*) FROM everything"));
    }

    @Test
    void foreignKey_refusesOnlyOrphans() {
        database.execute(
                "CREATE TABLE parent (s VARCHAR(400) COLLATE "
                        + pool.server().dialect().exactCollation() + " PRIMARY KEY)",
                "INSERT INTO parent VALUES ('p')",
                "ALTER TABLE everything ADD FOREIGN KEY (s) REFERENCES parent (s)");
        add("a", LATE, "s", "p");
        add("b", LATE, "s", "orphan");
        add("c", LATE, "s", "p");
        List<Refusal> refusals = refusals();
        assertEquals(1, refusals.size());
        assertEquals(1, refusals.get(0).sequence());
        assertEquals(List.of("a", "c"), database.rows("SELECT id FROM everything ORDER BY id"));
    }

    @Test
    void refusedMergedRow_givesWayToTheRecordsBeforeIt() {
        database.execute("ALTER TABLE everything ADD CHECK (i <> 13)");
        add("k", EARLY, "i", "1");
        add("k", LATE, "i", "13");
        List<Refusal> refusals = refusals();
        assertEquals(List.of(1L), refusals.stream().map(Refusal::sequence).toList());
        assertEquals(List.of("1|" + EARLY), database.rows("SELECT i, CAST(changed AS CHAR) FROM everything"));
    }

    @Test
    void everyRowRefused_isStillACommit() {
        database.execute("ALTER TABLE everything ADD CHECK (i <> 13)");
        IntStream.range(0, 30).forEach(i -> add("k" + i, LATE, "i", "13"));
        assertEquals(30, refusals().size());
        assertEquals(List.of("0"), database.rows("SELECT COUNT(*) FROM everything"));
    }

    @Test
    void valuesBeyondTheTable_areRefusedAndNeverCut() {
        add("a", LATE, "s", "x".repeat(401));
        add("b", LATE, "d", "123456.7");
        add("c", LATE, "i", "99999999999");
        add("d", LATE, "s", "fits");
        assertEquals(3, refusals().size());
        assertEquals(List.of("d"), database.rows("SELECT id FROM everything"));
    }

    @Test
    void goneTable_losesTheBatchAndBlamesNoRow() {
        database.execute("DROP TABLE everything");
        add("k", LATE);
        assertEquals("the table is gone (SQL state 42S02, error 1146)", lost().reason());
    }

    @Test
    void statementBytes_leaveRoomForEscapes() {
        assertTrue(2 * store.statementBytes() <= pool.server().maxAllowedPacket());
    }

    @Test
    void batchLargerThanAPacket_isSplit() {
        String quotes = "'".repeat(200_000);
        IntStream.range(0, 100).forEach(i -> add("k" + i, LATE, "t", quotes));
        assertWritten();
        assertEquals(List.of("100|200000"), database.rows("SELECT COUNT(*), MIN(CHAR_LENGTH(t)) FROM everything"));
    }

    private void add(String key, String changed, String... members) {
        List<String> all = new ArrayList<>(List.of("id", key));
        java.util.Collections.addAll(all, members);
        slots.add("all", changed, all.toArray(String[]::new));
    }

    private void assertWritten() {
        assertEquals(List.of(), refusals());
    }

    private List<Refusal> refusals() {
        WriteOutcome outcome = store.write(slots.batch());
        return assertInstanceOf(Committed.class, outcome).refusals();
    }

    private Lost lost() {
        return assertInstanceOf(Lost.class, store.write(slots.batch()));
    }
}
