package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own record types: a table and a declaration, and no code. */
@Tag("database")
class RecordTypeIT {

    private static final Path SHIPPED = Path.of("../conf/record-types.conf");
    private static final Path GUIDE = Path.of("../docs/record-types.md");

    private static final String MEASUREMENT = """
            record-types += {
              name = measurements, table = my_measurements, key = id, change-time = changed, creation-time = made
              columns = [
                { name = id, type = long, min = 1, required = true }
                { name = label, type = string, length = 5, default = "none", not-empty = true }
                { name = note, type = text, bytes = 8 }
                { name = level, type = integer, min = -5, max = 5, default = -1 }
                { name = total, type = long }
                { name = price, type = decimal, precision = 7, scale = 2, min = -10.5, max = 1000 }
                { name = ratio, type = decimal, precision = 4, scale = 3, default = 0.5 }
                { name = active, type = boolean, default = true }
                { name = seen, type = timestamp }
                { name = extra, type = json }
                { name = made, type = timestamp }
                { name = changed, type = timestamp }
              ]
            }
            """;

    private static final String EVENT = """
            record-types += {
              name = last-event, table = my_events, key = source
              columns = [
                { name = source, type = string, length = 20, required = true, not-empty = true }
                { name = event, type = text, bytes = 100, required = true }
                { name = times, type = integer, default = 1 }
              ]
            }
            """;

    @TempDir
    private Path conf;

    private final LogLines log = new LogLines();
    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    @Test
    void exampleOfTheGuide_worksAsItIsPrinted() throws Exception {
        String chapter = chapter("## Add one");
        database.execute(block(chapter, "sql").replace("utf8mb4_0900_bin", database.exactCollation()));
        declare(Files.readString(SHIPPED) + block(chapter, ""));

        try (RunningService service = RunningService.start(database, Optional.of(conf))) {
            Client client = new Client(service);
            String body = matched("takes `(\\{.*})`", chapter);
            assertEquals(
                    202, client.post("/api/v1/persistence/glossary/batch", body).status());
            assertEquals(1, client.flush().number("glossary_written"));
            assertEquals(200, client.write("sessions", Client.session("s-1")).status());
        }
        assertEquals(List.of("sword|Schwert|0"), database.rows("SELECT term, translation, uses FROM glossary"));
    }

    @Test
    void shippedTypes_canBeIncludedInsteadOfCopied() throws Exception {
        database.execute("CREATE TABLE my_events (source VARCHAR(20) PRIMARY KEY, event TEXT, times INT)");
        declare("include classpath(\"record-types.conf\")\n" + EVENT);

        try (RunningService service = RunningService.start(database, Optional.of(conf))) {
            Client client = new Client(service);
            assertEquals(200, client.write("tasks", Client.task("t-1")).status());
            assertEquals(200, client.write("last-event", event("a", "b")).status());
        }
    }

    @Test
    void declaredNamesThatAreWordsOfSql_areOnlyNames() throws Exception {
        database.execute("CREATE TABLE `select` (`order` VARCHAR(20) PRIMARY KEY, `1` TEXT, `values` INT DEFAULT 3,"
                + " `null` DATETIME(6))");
        declare("""
                record-types = [{
                  name = words, table = select, key = order, change-time = "null"
                  columns = [
                    { name = order, type = string, length = 20, required = true }
                    { name = "1", type = text, bytes = 100 }
                    { name = values, type = integer, default = 1 }
                    { name = "null", type = timestamp }
                  ]
                }]
                """);
        String injection = "'); DROP TABLE `select`; -- \\' \" ` \u0000";

        try (RunningService service = RunningService.start(database, Optional.of(conf), "database.migrate=false")) {
            Client client = new Client(service);
            assertEquals(
                    200,
                    client.write("words", Map.of("order", "a", "1", injection)).status());
            assertEquals(
                    200,
                    client.write("words", Map.of("order", "a", "values", 2)).status());
        }
        assertEquals(List.of("a|" + injection + "|2"), database.rows("SELECT `order`, `1`, `values` FROM `select`"));
    }

    @Test
    void declarationAlone_servesNothingElse() throws Exception {
        database.execute("CREATE TABLE my_events (source VARCHAR(20) PRIMARY KEY, event TEXT, times INT)");
        declare(EVENT);

        try (RunningService service = RunningService.start(database, Optional.of(conf), "database.migrate=false")) {
            Client client = new Client(service);
            assertEquals(200, client.write("last-event", event("a", "b")).status());
            assertEquals(404, client.send("sessions", Client.session("s-1")).status());
        }
    }

    @Test
    void everyColumnType_isWrittenWithItsDefaults() throws Exception {
        try (RunningService service = startWithBoth()) {
            Client client = new Client(service);
            Client.Answer answer = client.write(
                    "measurements",
                    Client.record("id", 1, "changed", "2026-01-02T03:04:05.123456Z"),
                    Client.record(
                            "id",
                            "9007199254740993",
                            "label",
                            "five5",
                            "note",
                            "äöüß",
                            "level",
                            5,
                            "total",
                            Long.MIN_VALUE,
                            "price",
                            "-10.494",
                            "ratio",
                            new BigDecimal("1.0005"),
                            "active",
                            false,
                            "seen",
                            "2026-01-02 03:04:05+01:00",
                            "extra",
                            new JsonTree.Raw("{ \"pi\" : 3.14000 }"),
                            "made",
                            "2025-01-01T00:00:00Z",
                            "changed",
                            "2026-01-01T00:00:00Z"));
            assertEquals(200, answer.status(), () -> answer.http().body());
        }
        assertEquals(
                List.of(
                        "1|none|null|-1|null|null|0.500|1|null|null|2026-01-02 03:04:05.123456|2026-01-02 03:04:05.123456",
                        "9007199254740993|five5|äöüß|5|-9223372036854775808|-10.49|1.001|0|2026-01-02 02:04:05"
                                + "|{\"pi\":3.14000}|2025-01-01 00:00:00|2026-01-01 00:00:00"),
                database.rows(
                        "SELECT id, label, note, level, total, price, ratio, active + 0, seen, extra, made, changed"
                                + " FROM my_measurements ORDER BY id"));
    }

    @Test
    void limitsOfTheDeclaration_areFaultsAtTheDoor() throws Exception {
        try (RunningService service = startWithBoth()) {
            Client.Answer answer = new Client(service)
                    .send(
                            "measurements",
                            Client.record("id", 0),
                            Client.record("id", 1, "label", "", "note", "äöüß!", "level", 6, "price", 1000.01),
                            Client.record("id", 2, "label", "sixsix", "price", -10.51, "ratio", 10, "active", "yes"),
                            Client.record("id", 3, "seen", "yesterday", "extra", "text", "total", 1.5, "level", null),
                            Client.record("label", "nokey"));

            assertEquals(422, answer.status());
            assertEquals(
                    List.of(
                            "/measurements/0/id",
                            "/measurements/1/label",
                            "/measurements/1/note",
                            "/measurements/1/level",
                            "/measurements/1/price",
                            "/measurements/2/label",
                            "/measurements/2/price",
                            "/measurements/2/ratio",
                            "/measurements/2/active",
                            "/measurements/3/total",
                            "/measurements/3/seen",
                            "/measurements/3/extra",
                            "/measurements/4/id"),
                    ((List<?>) answer.at("errors"))
                            .stream()
                                    .map(fault -> JsonTree.at(fault, "pointer"))
                                    .toList());
        }
    }

    @Test
    void guardedType_keepsTheNewestAndItsCreation() throws Exception {
        try (RunningService service = startWithBoth()) {
            Client client = new Client(service);
            client.write("measurements", Client.record("id", 1, "level", 1, "changed", "2026-01-02T00:00:00Z"));
            client.write("measurements", Client.record("id", 1, "level", 2, "changed", "2026-01-01T00:00:00Z"));
            client.write("measurements", Client.record("id", 1, "label", "b", "changed", "2026-01-03T00:00:00Z"));
        }
        assertEquals(
                List.of("1|b|2026-01-02 00:00:00|2026-01-03 00:00:00"),
                database.rows("SELECT level, label, made, changed FROM my_measurements"));
    }

    @Test
    void unguardedType_isWrittenInOrderOfArrival() throws Exception {
        try (RunningService service = startWithBoth()) {
            Client client = new Client(service);
            assertEquals(202, client.sendLines("last-event", """
                            {"source":"a","event":"first","times":7}
                            {"source":"b","event":"only"}

                            {"source":"a","event":"second"}
                            {"source":"a","event":"third"}""").status());
            assertEquals(4, client.stats().number("buffer", "last-event_count"));
            Client.Answer flushed = client.flush();
            assertEquals(4, flushed.number("last-event_written"));
            assertEquals(0, flushed.number("measurements_written"));

            Client.Answer stats = client.stats();
            assertEquals(0, stats.number("buffer", "last-event_count"));
            assertEquals(4, stats.number("performance", "total_last-event_written"));
            assertEquals(0, stats.number("performance", "total_last-event_failed"));
        }
        assertEquals(
                List.of("a|third|7", "b|only|1"),
                database.rows("SELECT source, event, times FROM my_events ORDER BY source"));
    }

    @Test
    void openApiDocument_describesTheNewTypes() throws Exception {
        try (RunningService service = startWithBoth()) {
            Client client = new Client(service);
            Client.Answer document = client.get("/openapi.json");
            assertNotNull(document.at("paths", "/api/v1/persistence/measurements/batch", "post"));
            Object properties = document.at("components", "schemas", "measurements", "properties");
            assertEquals(-5, JsonTree.number(properties, "level", "minimum"));
            assertEquals(5, JsonTree.number(properties, "label", "maxLength"));
            assertNotNull(JsonTree.at(properties, "extra"));
            assertTrue(client.get("/health").http().body().contains("\"last-event_count\":0"));
        }
    }

    private RunningService startWithBoth() throws Exception {
        database.execute(
                "CREATE TABLE my_measurements (id BIGINT PRIMARY KEY, label VARCHAR(5) NOT NULL, note TINYTEXT, level INT,"
                        + " total BIGINT, price DECIMAL(7, 2), ratio DECIMAL(4, 3), active BOOLEAN, seen DATETIME(6),"
                        + " extra TEXT, made DATETIME(6) NOT NULL, changed DATETIME(6) NOT NULL) CHARACTER SET utf8mb4",
                "CREATE TABLE my_events (source VARCHAR(20) COLLATE " + database.exactCollation()
                        + " PRIMARY KEY, event TEXT, times INT) CHARACTER SET utf8mb4");
        declare(Files.readString(SHIPPED) + MEASUREMENT + EVENT);
        return RunningService.start(database, Optional.of(conf));
    }

    private void declare(String declarations) throws IOException {
        Files.writeString(conf.resolve("record-types.conf"), declarations);
    }

    private static java.util.Map<String, Object> event(String source, String event) {
        return Client.record("source", source, "event", event);
    }

    private static String chapter(String heading) throws IOException {
        String text = Files.readString(GUIDE);
        int start = text.indexOf(heading);
        return text.substring(start, text.indexOf("\n## ", start + 1));
    }

    private static String block(String chapter, String language) {
        return matched("(?s)\n```" + language + "\n((?:(?!```).)*)\n```\n", chapter);
    }

    private static String matched(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }
}
