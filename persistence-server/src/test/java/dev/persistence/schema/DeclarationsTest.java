package dev.persistence.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.persistence.schema.ValueType.BooleanType;
import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import dev.persistence.schema.ValueType.JsonType;
import dev.persistence.schema.ValueType.StringType;
import dev.persistence.schema.ValueType.TextType;
import dev.persistence.schema.ValueType.TimestampType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationsTest {

    private static final ValueType COUNT = new IntegerType("integer", 0, Integer.MAX_VALUE);
    private static final ValueType MOMENT = new TimestampType(-30_610_224_000_000_000L, 253_402_300_799_999_999L, 6);
    private static final ValueType TEXT = new TextType(65_535);
    private static final ValueType JSON = new JsonType(Integer.MAX_VALUE, 100, false);

    private final RecordTypes shipped = Declarations.read(ConfigFactory.parseResources("record-types.conf"));

    @Test
    void shippedSessions_areTheContractsTable() {
        RecordType sessions = shipped.get(0);
        assertEquals(
                List.of(
                        required("session_id", new StringType(64, true)),
                        required("filename", new StringType(255, false)),
                        required("file_path", new StringType(512, false)),
                        required("status", new StringType(32, true)),
                        optional("game_info", JSON),
                        required("llm_provider", new StringType(50, false)),
                        optional("metadata", JSON),
                        zero("total_tasks"),
                        zero("completed_tasks"),
                        zero("failed_tasks"),
                        zero("processing_tasks"),
                        optional("created_at", MOMENT),
                        optional("updated_at", MOMENT)),
                sessions.columns());
        assertEquals(
                new RecordType(
                        "sessions", 0, "translation_sessions", sessions.columns(), 0, 12, 11, true, Optional.empty()),
                sessions);
    }

    @Test
    void shippedTasks_areTheContractsTable() {
        RecordType tasks = shipped.get(1);
        assertEquals(
                List.of(
                        required("task_id", new StringType(64, true)),
                        required("session_id", new StringType(64, true)),
                        required("batch_id", new StringType(64, false)),
                        required("sheet_name", new StringType(255, false)),
                        required("row_index", COUNT),
                        required("column_name", new StringType(255, false)),
                        required("source_text", TEXT),
                        optional("target_text", TEXT),
                        optional("context", TEXT),
                        optional("error_message", TEXT),
                        required("status", new StringType(32, true)),
                        optional("confidence", new DecimalType(5, 4, BigDecimal.ZERO, BigDecimal.ONE)),
                        zero("retry_count"),
                        optional("start_time", MOMENT),
                        optional("end_time", MOMENT),
                        optional("duration_ms", COUNT),
                        optional("created_at", MOMENT),
                        optional("updated_at", MOMENT)),
                tasks.columns());
        assertEquals(
                new RecordType("tasks", 1, "translation_tasks", tasks.columns(), 0, 17, 16, true, Optional.empty()),
                tasks);
    }

    @Test
    void shippedTypes_areTwoAndSessionsComeFirst() {
        assertEquals(List.of("sessions", "tasks"), shipped.names());
        assertEquals(2, shipped.size());
        assertTrue(shipped.named("tasks").isPresent());
        assertFalse(shipped.named("Tasks").isPresent());
    }

    @Test
    void thirdType_isAddedBehindTheShippedOnes() {
        String third = """
                record-types += {
                  name = notes, table = notes, key = note_id
                  columns = [ { name = note_id, type = long, required = true }, { name = body, type = text, bytes = 9 } ]
                }""";
        RecordTypes types = Declarations.read(ConfigFactory.parseString(third)
                .withFallback(ConfigFactory.parseResources("record-types.conf"))
                .resolve());
        assertEquals(List.of("sessions", "tasks", "notes"), types.names());
        RecordType notes = types.get(2);
        assertEquals(2, notes.ordinal());
        assertFalse(notes.guarded());
        assertFalse(notes.isRowTime(0));
        assertEquals("note_id", notes.keyColumn().name());
        assertEquals(RecordType.NONE, notes.creationTime());
    }

    @Test
    void order_isTheOneOfDeclaration() {
        RecordTypes types =
                read("record-types = [" + type("zebra", "") + "," + type("ant", "") + "," + type("mole", "") + "]");
        assertEquals(List.of("zebra", "ant", "mole"), types.names());
        for (int ordinal = 0; ordinal < 3; ordinal++) {
            assertEquals(ordinal, types.get(ordinal).ordinal());
        }
    }

    @Test
    void everyTypeOfColumn_isRead() {
        assertEquals(
                List.of(
                        new IntegerType("integer", Integer.MIN_VALUE, Integer.MAX_VALUE),
                        new IntegerType("long", Long.MIN_VALUE, Long.MAX_VALUE),
                        new IntegerType("long", -5, 5),
                        new DecimalType(5, 2, new BigDecimal("-999.99"), new BigDecimal("999.99")),
                        new BooleanType()),
                List.of(
                                "type = integer",
                                "type = long",
                                "type = long, min = -5, max = 5",
                                "type = decimal, precision = 5, scale = 2",
                                "type = boolean")
                        .stream()
                        .map(DeclarationsTest::column)
                        .map(Column::type)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'type = integer, default = 7', 7",
                "'type = integer, default = \"7.0\"', 7",
                "'type = decimal, precision = 5, scale = 2, default = 1.005', 1.01",
                "'type = boolean, default = true', 1",
                "'type = boolean, default = false', 0",
                "'type = string, length = 3, default = \"\"', ''",
                "'type = string, length = 3, default = \"😀😀😀\"', 😀😀😀",
                "'type = text, bytes = 3, default = abc', abc"
            })
    void default_isKeptAsASlotStoresIt(String members, String stored) {
        Column column = column(members);
        assertEquals(Optional.of(stored), column.defaultValue());
        assertFalse(column.nullable());
        assertFalse(column.required());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type = strin | type = strin (expected string, text, integer, long, decimal, boolean, timestamp or json)",
                "type = string, length = 0 | length = 0 (expected 1 to 2147483647)",
                "type = text, bytes = -1 | bytes = -1 (expected 1 to 2147483647)",
                "type = text, bytes = 9999999999 | bytes = 9999999999 (expected 1 to 2147483647)",
                "type = string, length = 5, bytes = 5 | unknown member bytes (expected one of default, length, name, not-empty, required, type)",
                "type = boolean, min = 1 | unknown member min (expected one of default, name, required, type)",
                "type = integer, min = 2, max = 1 | min = 2, max = 1 (expected a range within -2147483648 to 2147483647)",
                "type = integer, max = 2147483648 | min = -2147483648, max = 2147483648 (expected a range within -2147483648 to 2147483647)",
                "type = decimal, precision = 66, scale = 2 | precision = 66, scale = 2 (expected at most 65 and 30, and the scale within the precision)",
                "type = decimal, precision = 5, scale = 6 | precision = 5, scale = 6 (expected at most 65 and 30, and the scale within the precision)",
                "type = decimal, precision = 5, scale = 4, min = 1, max = 0 | min = 1, max = 0 (expected a range within -9.9999 to 9.9999)",
                "type = decimal, precision = 5, scale = 4, max = 10 | min = -9.9999, max = 10 (expected a range within -9.9999 to 9.9999)",
                "type = decimal, precision = 5, scale = 4, min = x | x is not a number",
                "type = integer, default = 1.5 | default = 1.5 (expected a whole number)",
                "type = integer, default = x | x is not a number",
                "type = integer, min = 0, default = -1 | default = -1 (expected a value from 0 to 2147483647)",
                "type = string, length = 2, default = abc | default = abc (expected a value that fits the column; none for timestamp and json)",
                "type = timestamp, default = \"2026-01-02\" | default = 2026-01-02 (expected a value that fits the column; none for timestamp and json)",
                "type = integer, required = true, default = 1 | a required column has no default"
            })
    void impossibleColumn_isNamedWithItsPlace(String members, String message) {
        String text = "record-types = [\n" + type("things", ",\n{ name = odd, " + members + " }") + "]";
        assertEquals("types.conf: 3: column odd: " + message, refusal(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = things | name = Things | name = \"Things\" (expected [a-z][a-z0-9_-]{0,63})",
                "table = t | table = \"a b\" | table = \"a b\" (expected [A-Za-z0-9_]{1,64})",
                "table = t | table = t, tabel = u | unknown member tabel (expected one of change-time, columns, creation-time, key, name, table)",
                "key = id | key = ident | key = ident is not one of the declared columns",
                "key = id | key = at | the key at must be a required string, integer or long",
                "key = id | key = opt | the key opt must be a required string, integer or long",
                "key = id | key = id, change-time = id | change-time = id must be a timestamp that is not required",
                "key = id | key = id, creation-time = sure | creation-time = sure must be a timestamp that is not required",
                "key = id | key = id, creation-time = other | creation-time = other is not one of the declared columns",
                "key = id | key = id, change-time = at, creation-time = at | change-time and creation-time of things must be two columns",
                "name = opt | name = at | the column at of things is declared twice",
                "name = opt | name = AT | the column AT of things is declared twice",
                "name = opt | name = \"o-p\" | name = \"o-p\" (expected [A-Za-z0-9_]{1,64})"
            })
    void impossibleType_isNamedWithItsPlace(String good, String bad, String message) {
        String text = "record-types = [\n"
                + type(
                        "things",
                        ", { name = at, type = timestamp }, { name = sure, type = timestamp, required = true }"
                                + ", { name = opt, type = integer }")
                + "]";
        assertTrue(text.contains(good));
        assertEquals("types.conf: 2: " + message, refusal(text.replace(good, bad)));
    }

    @Test
    void typeDeclaredTwice_isNamedAtItsSecondPlace() {
        assertEquals(
                "types.conf: 3: the record type a is declared twice",
                refusal("record-types = [\n" + type("a", "") + ",\n" + type("a", "") + "]"));
    }

    @Test
    void missingOrMistypedMembers_areNamedWithTheirPlace() {
        String text = "record-types = [\n" + type("things", ", { name = odd, type = string, length = 5 }") + "]";
        assertRefusal(text.replace(", length = 5", ""), "types.conf: 2", "'length'");
        assertRefusal(
                text.replace("length = 5", "length = five"),
                "types.conf: 2",
                "length has type STRING rather than NUMBER");
        assertRefusal(text.replace(", table = t", ""), "types.conf: 2", "'table'");
        assertRefusal(text.replace(", key = id", ""), "types.conf: 2", "'key'");
        assertRefusal(text.replace("type = string, length = 5", "length = 5"), "types.conf: 2", "'type'");
        assertRefusal("record-types = 5", "types.conf: 1", "record-types has type NUMBER rather than LIST");
        assertRefusal("recordtypes = []", "types.conf", "'record-types'");
    }

    @Test
    void noType_isRefused() {
        assertEquals("record-types is empty (expected at least one record type)", refusal("record-types = []"));
    }

    @Test
    void tooManyColumns_areRefused() {
        StringBuilder columns = new StringBuilder();
        for (int i = 1; i < 64; i++) {
            columns.append(", { name = c").append(i).append(", type = integer }");
        }
        assertEquals(
                64,
                read("record-types = [" + type("wide", columns.toString()) + "]")
                        .get(0)
                        .columns()
                        .size());
        assertEquals(
                "types.conf: 1: wide has 65 columns (expected at most 64)",
                refusal("record-types = [" + type("wide", columns + ", { name = c64, type = integer }") + "]"));
    }

    private static void assertRefusal(String text, String place, String what) {
        String message = refusal(text);
        assertTrue(message.startsWith("record-types: "), message);
        assertTrue(message.contains(place) && message.contains(what), message);
    }

    private static String refusal(String text) {
        return assertThrows(DeclarationException.class, () -> read(text)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a`b",
                "a'b",
                "a\"b",
                "a;b",
                "a b",
                "a.b",
                "a-b",
                "a\u0000b",
                "a/*b",
                "a#b",
                "a\\\\b",
                "\u00e4",
                "\uff40",
                "\u2028",
                "",
                "x\n",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void hostileIdentifier_isRefusedAsTableAndAsColumn(String name) {
        String quoted = ConfigValueFactory.fromAnyRef(name).render();
        String type = "record-types = [{ name = t, table = TABLE, key = id, columns = ["
                + "{ name = id, type = long, required = true }, { name = COLUMN, type = text, bytes = 1 }] }]";
        assertThrows(
                DeclarationException.class,
                () -> read(type.replace("TABLE", quoted).replace("COLUMN", "c")));
        assertThrows(
                DeclarationException.class,
                () -> read(type.replace("TABLE", "t").replace("COLUMN", quoted)));
    }

    private static RecordTypes read(String text) {
        return Declarations.read(
                ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription("types.conf")));
    }

    private static String type(String name, String moreColumns) {
        return "{ name = " + name + ", table = t, key = id, columns = [{ name = id, type = string, length = 8, "
                + "required = true }" + moreColumns + "] }";
    }

    private static Column column(String members) {
        return read("record-types = [" + type("things", ", { name = it, " + members + " }") + "]")
                .get(0)
                .columns()
                .get(1);
    }

    private static Column required(String name, ValueType type) {
        return new Column(name, type, true, false, Optional.empty());
    }

    private static Column optional(String name, ValueType type) {
        return new Column(name, type, false, true, Optional.empty());
    }

    private static Column zero(String name) {
        return new Column(name, COUNT, false, false, Optional.of("0"));
    }
}
