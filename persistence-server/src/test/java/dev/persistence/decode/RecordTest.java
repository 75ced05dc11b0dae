package dev.persistence.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of a record: absent, null, twice, unknown. */
class RecordTest {

    private final Decoding things = Decoding.things();

    @Test
    void absentFields_areNotPresent() {
        assertEquals(
                Map.of("id", "k"), Decoding.onlyRecord(things.decodeOne("")).values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"word", "note", "count", "big", "ratio", "amount", "active", "at", "data"})
    void nullOfAnOptionalField_clearsIt(String member) {
        assertNull(things.stored(member, "null"));
    }

    @ParameterizedTest
    @CsvSource({"tries, 3", "label, none"})
    void nullOfAFieldWithDefault_meansTheDefault(String member, String stored) {
        assertEquals(stored, things.stored(member, "null"));
    }

    @Test
    void nullOfARequiredField_isAFault() {
        assertEquals(
                new Fault("/things/0/id", "is required and must not be null"),
                Decoding.onlyFault(things.decode("{\"things\":[{\"id\":null}]}")));
    }

    @Test
    void nullWhereTheTableTakesNone_isAFault() {
        Decoding narrowed = Decoding.things(things.column("word").notNull(true));
        assertEquals("must not be null", narrowed.refusal("word", "null"));
        assertEquals(
                Map.of("id", "k"), Decoding.onlyRecord(narrowed.decodeOne("")).values());
    }

    @Test
    void missingField_isAFaultWhereTheTableNeedsIt() {
        Decoding narrowed = Decoding.things(things.column("word").notNull(false));
        assertEquals(new Fault("/things/0/word", "is required"), Decoding.onlyFault(narrowed.decodeOne("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "changed"})
    void rowTimeOfATableThatTakesNoNull_mayStillBeAbsent(String member) {
        Decoding narrowed = Decoding.things(things.column(member).notNull(false));
        assertEquals(
                Map.of("id", "k"), Decoding.onlyRecord(narrowed.decodeOne("")).values());
        assertEquals(
                Map.of("id", "k"),
                Decoding.onlyRecord(narrowed.decodeOne("\"" + member + "\":null"))
                        .values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count | 1 | 2 | 2",
                "count | true | 2 | 2",
                "count | null | 2 | 2",
                "count | [1] | 2 | 2",
                "word | \"a\" | \"b\" | b",
                "word | \"toolong\" | \"b\" | b",
                "word | \"\\ud83d\" | \"b\" | b",
                "word | null | \"\" | ''",
                "at | 5 | \"2026-01-02T03:04:05Z\" | 2026-01-02 03:04:05.000000",
                "data | 1 | {\"a\": 1} | {\"a\":1}",
                "data | {\"a\": 1} | [2] | [2]",
                "tries | 9 | null | 3",
                "tries | true | null | 3",
                "id | null | \"b\" | b",
                "id | 1 | \"b\" | b"
            })
    void ofDuplicateMembers_theLastCounts(String member, String first, String last, String stored) {
        String members = "\"" + member + "\":" + first + ",\"word\":\"w\",\"" + member + "\":" + last;
        assertEquals(
                stored, Decoding.onlyRecord(things.decodeOne(members)).values().get(member));
    }

    @ParameterizedTest
    @ValueSource(strings = {"count\":1", "count\":true", "word\":\"a", "data\":[1]"})
    void ofDuplicateMembers_aLastNullClears(String first) {
        String name = first.substring(0, first.indexOf('"'));
        String value = first.endsWith("\"a") ? first + "\"" : first;
        Decoding.Stored record = Decoding.onlyRecord(things.decodeOne("\"" + value + ",\"" + name + "\":null"));
        assertNull(record.values().get(name));
        assertEquals(2, record.values().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count | 1 | true | must be an integer from 0 to 2147483647",
                "count | null | -1 | must be an integer from 0 to 2147483647",
                "word | \"a\" | 5 | must be a string of at most 5 characters",
                "id | \"a\" | null | is required and must not be null",
                "data | [1] | 1 | must be an object or array at most 100 deep"
            })
    void ofDuplicateMembers_aLastBadOneIsAFault(String member, String first, String last, String detail) {
        Fault fault =
                Decoding.onlyFault(things.decodeOne("\"" + member + "\":" + first + ",\"" + member + "\":" + last));
        assertEquals(new Fault("/things/0/" + member, detail), fault);
    }

    @Test
    void ofDuplicateRowTimes_theLastCounts() {
        String time = "\"2026-01-02T03:04:05Z\"";
        long arrival = Decoding.micros(Decoding.ARRIVAL.toString());
        long micros = Decoding.micros("2026-01-02T03:04:05Z");
        assertEquals(arrival, change("\"changed\":" + time + ",\"changed\":null"));
        assertEquals(micros, change("\"changed\":null,\"changed\":" + time));
        assertEquals(micros, change("\"changed\":7,\"changed\":" + time));
        assertEquals(
                "/things/0/changed",
                Decoding.onlyFault(things.decodeOne("\"changed\":" + time + ",\"changed\":7"))
                        .pointer());
    }

    private long change(String members) {
        return Decoding.onlyRecord(things.decodeOne(members)).changeMicros();
    }

    @Test
    void escapedNames_areTheSameNames() {
        DecodeResult result = things.decode("{\"thin\\u0067s\":[{\"\\u0069d\":\"k\",\"w\\u006frd\":\"a\"}]}");
        assertEquals(Map.of("id", "k", "word", "a"), Decoding.onlyRecord(result).values());
    }

    @Test
    void unknownFields_areIgnoredAndCounted() {
        DecodedBatch batch = assertInstanceOf(
                DecodedBatch.class,
                things.decode("{\"x\":{\"things\":[1]},\"things\":[{\"id\":\"a\",\"ID\":1,\"y\":{\"id\":2,\"z\":[]}},"
                        + "{\"id\":\"b\",\"\":null,\"😀\":[{}],\"y\":\"\\ud83d\"}],\"z\":1}"));
        assertEquals(7, batch.unknownFields());
        assertEquals(2, batch.records());
    }

    @Test
    void unknownFields_areCountedAnewForEachRequest() {
        things.decodeOne("\"x\":1,\"y\":2");
        assertEquals(
                0, assertInstanceOf(DecodedBatch.class, things.decodeOne("")).unknownFields());
    }

    @Test
    void everyFault_isFoundAndNamedInOrder() {
        DecodeResult.Invalid invalid = assertInstanceOf(
                DecodeResult.Invalid.class,
                things.decode(
                        "{\"things\":[{\"id\":\"a\"},{\"count\":-1,\"word\":7},{\"id\":\"b\"},8,{\"id\":\"\"}]}"));
        assertEquals(
                List.of("/things/1/id", "/things/1/word", "/things/1/count", "/things/3", "/things/4/id"),
                invalid.faults().stream().map(Fault::pointer).toList());
        assertEquals(5, invalid.count());
        assertEquals("is required", invalid.faults().get(0).detail());
        assertEquals("must be an object", invalid.faults().get(3).detail());
    }

    @Test
    void ofManyFaults_theFirstTwentyAreNamedAndAllCounted() {
        DecodeResult.Invalid invalid = assertInstanceOf(
                DecodeResult.Invalid.class, things.decode("{\"things\":[" + "{},".repeat(999) + "{\"id\":1}]}"));
        assertEquals(1000, invalid.count());
        assertEquals(20, invalid.faults().size());
        assertEquals("/things/19/id", invalid.faults().get(19).pointer());
    }

    @Test
    void faultyRecordOfAShippedType_isNamedAsTheContractShowsIt() {
        Decoding tasks = Decoding.shipped("tasks");
        String good = "{\"task_id\":\"t\",\"session_id\":\"s\",\"batch_id\":\"\",\"sheet_name\":\"\",\"row_index\":0,"
                + "\"column_name\":\"\",\"source_text\":\"\",\"status\":\"done\"}";
        String bad = good.replace("\"row_index\":0", "\"row_index\":true");
        assertEquals(
                new Fault("/tasks/57/row_index", "must be an integer from 0 to 2147483647"),
                Decoding.onlyFault(tasks.decode("{\"tasks\":[" + (good + ",").repeat(57) + bad + "]}")));
    }
}
