package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import dev.persistence.schema.ValueType.JsonType;
import dev.persistence.schema.ValueType.StringType;
import dev.persistence.schema.ValueType.TextType;
import dev.persistence.schema.ValueType.TimestampType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declarations against tables that users have. */
@Tag("database")
class SchemaCheckIT {

    private static final String DECLARATION = """
            { name = things, table = theirs, key = id, change-time = changed, columns = [
              { name = id, type = string, length = 64, required = true }
              { name = v, %s }
              { name = changed, type = timestamp } ] }""";

    private final TestDatabase database = new TestDatabase();
    private ConnectionPool pool;

    @BeforeEach
    void open() {
        pool = ConnectionPool.open(database.settings());
    }

    @AfterEach
    void close() {
        pool.close();
        database.close();
    }

    @Test
    void shippedTables_fitWithoutAWarning() throws SQLException {
        new SchemaMigration(pool).migrate();
        SchemaCheck.Result result = new SchemaCheck(pool).check(Slots.shipped());
        assertEquals(List.of(), result.warnings());
        assertTrue(result.types().get(0).exactKeys());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "type = string, length = 255 # VARCHAR(40)     # at most 40 characters instead of 255",
                "type = string, length = 255 # TINYTEXT        # at most 63 characters instead of 255",
                "type = string, length = 255 # CHAR(40)        # drops spaces at the end",
                "type = text, bytes = 65535  # VARCHAR(1000)   # at most 1000 bytes instead of 65535",
                "type = text, bytes = 65535  # TINYTEXT        # at most 255 bytes instead of 65535",
                "type = integer              # SMALLINT        # integer from -32768 to 32767",
                "type = integer              # INT UNSIGNED    # integer from 0 to 2147483647",
                "type = long                 # INT             # long from -2147483648 to 2147483647",
                "type = integer              # DECIMAL(3,0)    # integer from -999 to 999",
                "type = decimal, precision = 5, scale = 4 # DECIMAL(3,2) # rounded to 2 digits",
                "type = decimal, precision = 5, scale = 2 # DECIMAL(4,2) UNSIGNED # from 0 to 99.99 only",
                "type = timestamp            # DATETIME        # cut to 0 digits of a second",
                "type = timestamp            # DATETIME(3)     # cut to 3 digits of a second",
                "type = timestamp            # TIMESTAMP(6) NULL # from 1970-01-01T00:00:01Z to 2037-12-31T23:59:59.999999Z",
                "type = json                 # TEXT            # at most 65535 bytes",
                "type = integer              # INT NOT NULL    # every record must carry it",
                "type = integer              # INT NOT NULL DEFAULT 5 # null is refused",
                "type = timestamp            # TIMESTAMP(6) NULL ON UPDATE CURRENT_TIMESTAMP(6) # sets it by itself"
            })
    void narrowerColumn_narrowsTheDeclarationWithAWarning(String type, String column, String warning) throws Exception {
        List<String> warnings = check(type, column).warnings();
        assertTrue(warnings.stream().anyMatch(line -> line.contains(warning)), warnings.toString());
        assertTrue(warnings.get(0).startsWith("things, table theirs, column v"), warnings.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "type = string, length = 64 # VARCHAR(64)",
                "type = string, length = 64 # TEXT",
                "type = string, length = 64 # VARBINARY(256)",
                "type = text, bytes = 1000 # LONGTEXT",
                "type = text, bytes = 1000 # BLOB",
                "type = integer # INT",
                "type = integer # BIGINT",
                "type = boolean # BOOLEAN",
                "type = boolean # BIT(1)",
                "type = boolean # INT",
                "type = json # LONGTEXT",
                "type = decimal, precision = 5, scale = 4 # DECIMAL(10,6)",
                "type = decimal, precision = 5, scale = 4 # DOUBLE",
                "type = timestamp # DATETIME(6)",
                "type = integer, default = 0 # INT NOT NULL",
                "type = integer, required = true # INT NOT NULL"
            })
    void columnThatHoldsAll_givesNoWarning(String type, String column) throws Exception {
        assertEquals(List.of(), check(type, column).warnings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "type = string, length = 64 # INT                                # there is int",
                "type = string, length = 64 # VARCHAR(64) CHARACTER SET latin1   # CONVERT TO CHARACTER SET utf8mb4",
                "type = string, length = 64 # VARCHAR(64) CHARACTER SET utf8mb3  # CONVERT TO CHARACTER SET utf8mb4",
                "type = text, bytes = 9     # TEXT CHARACTER SET latin1          # CONVERT TO CHARACTER SET utf8mb4",
                "type = string, length = 64 # ENUM('a','b')                      # there is enum",
                "type = integer             # VARCHAR(20)                        # there is varchar(20)",
                "type = integer             # DOUBLE                             # there is double",
                "type = decimal, precision = 5, scale = 4 # INT                  # there is int",
                "type = decimal, precision = 12, scale = 4 # FLOAT               # there is float",
                "type = timestamp           # DATE                               # there is date",
                "type = timestamp           # BIGINT                             # there is bigint",
                "type = json                # INT                                # there is int",
                "type = boolean             # VARCHAR(5)                         # there is varchar(5)",
                "type = integer, min = 1, max = 5 # INT AS (1) STORED            # there is a generated column",
                "type = integer             # INT, w INT NOT NULL                # column w: not declared, there is int",
                "type = integer             # INT, UNIQUE u (v)                  # the unique index u does not contain the key"
            })
    void columnThatCannotHoldIt_endsTheStart(String type, String column, String problem) {
        SchemaException refused = assertThrows(SchemaException.class, () -> check(type, column));
        assertTrue(refused.getMessage().contains(problem), refused.getMessage());
        assertTrue(refused.getMessage().contains("things, table theirs"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "INT, w INT NOT NULL DEFAULT 0",
                "INT, w INT AS (v + 1) STORED",
                "INT, w TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP",
                "INT, w BIGINT NOT NULL AUTO_INCREMENT, UNIQUE (w)",
                "INT, UNIQUE u (v, id)",
                "INT, w INT"
            })
    void undeclaredColumnThatFillsItself_isNoProblem(String column) throws Exception {
        assertEquals(List.of(), check("type = integer", column).warnings());
    }

    @Test
    void numbersThatMayBeUsedUp_areWarnedOf() throws Exception {
        SchemaCheck.Result result = check("type = integer", "INT, n INT NOT NULL AUTO_INCREMENT UNIQUE");
        assertTrue(
                result.warnings().get(0).contains("NOT NULL): every row that is sent uses up a number"),
                result.warnings().toString());
        assertEquals(Optional.of("n"), result.types().get(0).numbered());
    }

    @Test
    void missingTableAndColumn_areNamedInOneMessage() {
        database.execute("CREATE TABLE theirs (id VARCHAR(64) PRIMARY KEY)");
        RecordTypes types = Slots.declared(DECLARATION.formatted("type = integer") + ","
                + DECLARATION
                        .formatted("type = integer")
                        .replace("things", "more")
                        .replace("theirs", "absent"));
        String message = assertThrows(SchemaException.class, () -> new SchemaCheck(pool).check(types))
                .getMessage();
        assertTrue(message.contains("things, table theirs, column v: declared integer from"), message);
        assertTrue(
                message.contains("things, table theirs, column changed: declared timestamp, there is no such column"),
                message);
        assertTrue(message.contains("more, table absent: there is no such table"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {"KEY k (id)", "UNIQUE k (id(3))", "PRIMARY KEY (id, v)"})
    void keyThatIsNotUnique_endsTheStart(String index) {
        database.execute(
                "CREATE TABLE theirs (id VARCHAR(64) NOT NULL, v INT NOT NULL, changed DATETIME(6), " + index + ")");
        RecordTypes types = Slots.declared(DECLARATION.formatted("type = integer"));
        String message = assertThrows(SchemaException.class, () -> new SchemaCheck(pool).check(types))
                .getMessage();
        assertTrue(message.contains("expected a primary key or unique index on exactly this column"), message);
    }

    @Test
    void engineWithoutTransactions_endsTheStart() {
        database.execute(
                "CREATE TABLE theirs (id VARCHAR(64) PRIMARY KEY, v INT, changed DATETIME(6)) ENGINE = MyISAM");
        RecordTypes types = Slots.declared(DECLARATION.formatted("type = integer"));
        String message = assertThrows(SchemaException.class, () -> new SchemaCheck(pool).check(types))
                .getMessage();
        assertTrue(message.contains("there is MyISAM"), message);
    }

    @Test
    void view_endsTheStart() {
        database.execute(
                "CREATE TABLE base (id VARCHAR(64) PRIMARY KEY, v INT, changed DATETIME(6))",
                "CREATE VIEW theirs AS SELECT * FROM base");
        RecordTypes types = Slots.declared(DECLARATION.formatted("type = integer"));
        String message = assertThrows(SchemaException.class, () -> new SchemaCheck(pool).check(types))
                .getMessage();
        assertTrue(message.contains("there is a view"), message);
    }

    @ParameterizedTest
    @CsvSource({"utf8mb4_general_ci", "utf8mb4_bin", "utf8mb4_unicode_ci"})
    void keysThatDoNotCompareByteForByte_areWarnedOf(String collation) throws Exception {
        database.execute("CREATE TABLE theirs (id VARCHAR(64) COLLATE " + collation
                + " PRIMARY KEY, v INT, changed DATETIME(6)) CHARACTER SET utf8mb4");
        SchemaCheck.Result result =
                new SchemaCheck(pool).check(Slots.declared(DECLARATION.formatted("type = integer")));
        assertFalse(result.types().get(0).exactKeys());
        assertTrue(
                result.warnings().get(0).contains("byte for byte (" + collation + ")"),
                result.warnings().toString());
    }

    @Test
    void nativeJson_isNarrowed() throws Exception {
        JsonType json = (JsonType) value(check("type = json", "JSON")).type();
        boolean mariaDb = pool.server().dialect() == Dialect.MARIADB;
        assertEquals(mariaDb ? 31 : 100, json.depth());
        assertEquals(!mariaDb, json.doubleNumbers());
        String deepest = "[".repeat(json.depth()) + "]".repeat(json.depth());
        database.execute("INSERT INTO theirs (id, v) VALUES ('k', '" + deepest + "')");
        String tooDeep = "[" + deepest + "]";
        assertThrows(
                IllegalStateException.class,
                () -> database.execute("INSERT INTO theirs (id, v) VALUES ('l', '" + tooDeep + "')"));
    }

    @Test
    void narrowedTypes_carryTheRealLimits() throws Exception {
        assertEquals(
                new StringType(40, false),
                value(check("type = string, length = 64", "VARCHAR(40)")).type());
        assertEquals(
                new TextType(255),
                value(check("type = text, bytes = 999", "TINYTEXT")).type());
        assertEquals(
                new IntegerType("integer", 0, 255),
                value(check("type = integer", "TINYINT UNSIGNED")).type());
        DecimalType decimal = (DecimalType) value(check("type = decimal, precision = 5, scale = 4", "DECIMAL(3,2)"))
                .type();
        assertEquals("9.99", decimal.max().toPlainString());
        assertEquals(2, decimal.scale());
        TimestampType time = (TimestampType)
                value(check("type = timestamp", "TIMESTAMP(3) NULL")).type();
        assertEquals(3, time.fractionDigits());
        assertEquals(1_000_000, time.earliestMicros());
        assertEquals(Slots.micros("2037-12-31 23:59:59.999999"), time.latestMicros());
    }

    private static Column value(SchemaCheck.Result result) {
        RecordType type = result.types().get(0);
        return type.columns().get(1);
    }

    private SchemaCheck.Result check(String type, String column) throws SQLException {
        String exact = pool.server().dialect().exactCollation();
        database.execute(
                "DROP TABLE IF EXISTS theirs",
                "CREATE TABLE theirs (id VARCHAR(64) PRIMARY KEY, changed DATETIME(6), v " + column
                        + ") ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE " + exact);
        return new SchemaCheck(pool).check(Slots.declared(DECLARATION.formatted(type)));
    }
}
