package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpsertSqlTest {

    private static final String TIME = "2026-01-02 03:04:05.678901";

    private final RecordTypes guarded = Slots.declared("""
            { name = t, table = things, key = id, change-time = changed, creation-time = made, columns = [
              { name = id, type = string, length = 9, required = true }
              { name = n, type = integer, default = 7 }
              { name = s, type = string, length = 9 }
              { name = made, type = timestamp }
              { name = changed, type = timestamp } ] }""");

    private final RecordTypes plain = Slots.declared("""
            { name = p, table = new, key = id, columns = [
              { name = id, type = long, required = true }
              { name = s, type = string, length = 9 } ] }""");

    @Test
    void guardedUpsert_comparesEachColumnAndSetsTheTimeLast() {
        assertEquals(
                "INSERT INTO `things` (`id`, `s`, `n`, `made`, `changed`) VALUES"
                        + " ('k','it''s', 7,'2026-01-02 03:04:05.678901','2026-01-02 03:04:05.678901') AS new"
                        + " ON DUPLICATE KEY UPDATE `made` = `things`.`made`,"
                        + " `s` = IF(`things`.`changed` > new.`changed`, `things`.`s`, new.`s`),"
                        + " `changed` = IF(`things`.`changed` > new.`changed`, `things`.`changed`, new.`changed`)",
                render(Dialect.MYSQL, guarded, "t", "id", "k", "s", "it's"));
    }

    @Test
    void mariaDb_namesIncomingValuesByFunction() {
        assertEquals(
                "INSERT INTO `things` (`id`, `n`, `made`, `changed`) VALUES"
                        + " ('k',5,'2026-01-02 03:04:05.678901','2026-01-02 03:04:05.678901')"
                        + " ON DUPLICATE KEY UPDATE `made` = `things`.`made`,"
                        + " `n` = IF(`things`.`changed` > VALUES(`changed`), `things`.`n`, VALUES(`n`)),"
                        + " `changed` = IF(`things`.`changed` > VALUES(`changed`), `things`.`changed`,"
                        + " VALUES(`changed`))",
                render(Dialect.MARIADB, guarded, "t", "id", "k", "n", "5"));
    }

    @Test
    void tiDb_namesIncomingValuesByFunctionToo() {
        assertEquals(Dialect.TIDB, Dialect.ofVersion("8.0.11-TiDB-v8.5.0"));
        assertEquals(
                render(Dialect.MARIADB, guarded, "t", "id", "k", "n", "5"),
                render(Dialect.TIDB, guarded, "t", "id", "k", "n", "5"));
    }

    @Test
    void unguardedUpsert_justAssigns() {
        assertEquals(
                "INSERT INTO `new` (`id`, `s`) VALUES (-5,NULL) AS newer ON DUPLICATE KEY UPDATE `s` = newer.`s`",
                render(Dialect.MYSQL, plain, "p", "id", "-5", "s", null));
    }

    @Test
    void tableThatNumbersItsRows_failsWhereTheRowIsOfAnotherKey() {
        RecordTypes numbered = new RecordTypes(List.of(plain.get(0).numberedBy("no")));
        assertEquals(
                "INSERT INTO `new` (`id`, `s`) VALUES (5,NULL) AS newer ON DUPLICATE KEY UPDATE"
                        + " `no` = IF(`new`.`id` = newer.`id`, `new`.`no`, 99999999999999999999), `s` = newer.`s`",
                render(Dialect.MYSQL, numbered, "p", "id", "5", "s", null));
    }

    @Test
    void nothingToUpdate_keepsTheKey() {
        assertEquals(
                "INSERT INTO `new` (`id`) VALUES (5) ON DUPLICATE KEY UPDATE `id` = `new`.`id`",
                render(Dialect.MARIADB, plain, "p", "id", "5"));
    }

    @Test
    void statements_areKeptForTheirColumns() {
        UpsertStatements statements = new UpsertStatements(Dialect.MYSQL);
        assertSame(statements.of(guarded.get(0), 1), statements.of(guarded.get(0), 1));
    }

    @Test
    void setsOfColumns_areBounded() {
        UpsertStatements statements = new UpsertStatements(Dialect.MYSQL);
        RecordType type = Slots.shipped().get(1);
        for (long present = 0; present < 1000; present++) {
            statements.of(type, present);
        }
        assertTrue(statements.size() <= 256);
    }

    private static String render(Dialect dialect, RecordTypes types, String name, String... members) {
        RecordSlot slot = new Slots(types).add(name, TIME, members);
        StatementText text = new StatementText();
        UpsertSql sql = UpsertSql.of(dialect, slot.type(), slot.present());
        sql.begin(text);
        sql.row(text, slot, slot.changeMicros());
        sql.end(text);
        return text.toString();
    }
}
