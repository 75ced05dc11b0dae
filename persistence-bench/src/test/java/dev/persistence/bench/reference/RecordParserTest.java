package dev.persistence.bench.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import dev.persistence.schema.Column;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordParserTest {

    private static final LocalDateTime NOW = LocalDateTime.parse("2026-05-06T07:08:09.000001");

    private final RecordParser parser = RecordParser.ofShippedTypes();

    @Test
    void values_haveTheClassesOfTheirColumns() throws IOException {
        TypedRecord task = task("\"task_id\":\"t\",\"row_index\":7,\"confidence\":0.97315,\"retry_count\":2,"
                + "\"source_text\":\"a\\nb \\ud83d\\ude00\",\"start_time\":\"2026-01-02T03:04:05.678901Z\"");

        assertEquals("t", value(task, "task_id"));
        assertEquals(7, value(task, "row_index"));
        assertEquals(new BigDecimal("0.9732"), value(task, "confidence"));
        assertEquals(2, value(task, "retry_count"));
        assertEquals("a\nb 😀", value(task, "source_text"));
        assertEquals(LocalDateTime.parse("2026-01-02T03:04:05.678901"), value(task, "start_time"));
    }

    @Test
    void numbersInOtherForms_areTheSameNumbers() throws IOException {
        TypedRecord task = task("\"row_index\":\"12\",\"retry_count\":3.0,\"confidence\":\"1\"");

        assertEquals(12, value(task, "row_index"));
        assertEquals(3, value(task, "retry_count"));
        assertEquals(new BigDecimal("1.0000"), value(task, "confidence"));
    }

    @Test
    void moments_becomeUtcAndAreCutToMicroseconds() throws IOException {
        assertEquals(LocalDateTime.parse("2026-01-02T02:04:05"), start("2026-01-02T03:04:05+01:00"));
        assertEquals(LocalDateTime.parse("2026-01-02T08:04:05"), start("2026-01-02T03:04:05-05:00"));
        assertEquals(LocalDateTime.parse("2026-01-02T03:04:05.123456"), start("2026-01-02 03:04:05.1234569"));
        assertEquals(LocalDateTime.parse("2026-01-02T03:04"), start("2026-01-02T03:04Z"));
    }

    @Test
    void json_losesItsWhiteSpaceAndNothingElse() throws IOException {
        String body =
                "{\"sessions\":[{\"game_info\": {\"a\" : [1.0, 2e3 ],\n \"b\":\"x \\\" { ü\"} ,\"session_id\":\"s\"}]}";

        TypedRecord session =
                parser.parse("sessions", body.getBytes(StandardCharsets.UTF_8)).get(0);

        assertEquals("{\"a\":[1.0,2e3],\"b\":\"x \\\" { ü\"}", value(session, "game_info"));
        assertEquals("s", value(session, "session_id"));
    }

    @Test
    void absentField_isNotPresentAndHasItsDefault() throws IOException {
        TypedRecord absent = task("\"task_id\":\"t\"");
        TypedRecord cleared = task("\"task_id\":\"t\",\"context\":null");
        TypedRecord defaulted = task("\"task_id\":\"t\",\"retry_count\":null");

        assertEquals(0, value(absent, "retry_count"));
        assertEquals(0, value(defaulted, "retry_count"));
        assertNull(value(cleared, "context"));
        assertFalse(absent.sameShape(cleared));
        assertFalse(absent.sameShape(defaulted));
        assertTrue(absent.sameShape(task("\"task_id\":\"u\",\"unknown\":[{}]")));
    }

    @Test
    void rowTimesThatAreNotSent_areThoseOfArrivalAndOfChange() throws IOException {
        assertEquals(NOW, value(task("\"task_id\":\"t\""), "updated_at"));
        assertEquals(NOW, value(task("\"task_id\":\"t\",\"created_at\":null"), "created_at"));
        assertEquals(
                LocalDateTime.parse("2026-01-02T03:04"),
                value(task("\"task_id\":\"t\",\"updated_at\":\"2026-01-02T03:04Z\""), "created_at"));
    }

    @Test
    void valueThatFitsNoColumn_isNamed() {
        IOException failure = assertThrows(IOException.class, () -> task("\"start_time\":\"yesterday\""));

        assertEquals(
                "a value does not fit its column: \"yesterday\" is not an ISO 8601 date and time",
                failure.getMessage());
    }

    @Test
    void workload_isParsedWhole() throws IOException {
        List<TypedRecord> all = parser.parseAll(new SyntheticTasks(TaskOptions.usual(1050, 3, "s")));

        assertEquals(1050, all.size());
        assertEquals(
                1050,
                all.stream().map(record -> value(record, "task_id")).distinct().count());
    }

    private Object start(String moment) throws IOException {
        return value(task("\"start_time\":\"" + moment + "\""), "start_time");
    }

    private TypedRecord task(String members) throws IOException {
        String body = "{\"other\":[1],\"tasks\":[{" + members + "}]}";
        List<TypedRecord> records = parser.parse("tasks", body.getBytes(StandardCharsets.UTF_8));
        assertEquals(1, records.size());
        return records.get(0);
    }

    private static Object value(TypedRecord record, String column) {
        List<String> names = record.type().columns().stream().map(Column::name).toList();
        return record.value(names.indexOf(column), NOW);
    }
}
