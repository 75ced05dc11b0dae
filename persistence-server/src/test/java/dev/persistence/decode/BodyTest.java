package dev.persistence.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands around the records. */
class BodyTest {

    private static final String ONE = "{\"id\":\"k\"}";

    private final Decoding things = Decoding.things();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"things\":[]}",
                " \r\n\t{ \"things\" : [ ] }\n ",
                "{\"other\":1,\"things\":[]}",
                "{\"things\":[],\"other\":[{}]}"
            })
    void emptyArray_isABatchOfNone(String body) {
        DecodedBatch batch = assertInstanceOf(DecodedBatch.class, things.decode(body));
        assertEquals(0, batch.records());
        assertEquals(List.of(), Decoding.records(batch));
    }

    @Test
    void endlessText_isAFaultThatEndsTheReading() {
        String endless = "{\"things\":[{\"id\":7},{\"id\":\"" + "x".repeat(2 << 20) + "\"},{\"id\":8}]}";

        DecodeResult.Invalid invalid = assertInstanceOf(DecodeResult.Invalid.class, things.decode(endless));
        assertEquals(
                List.of("/things/0/id", "/things/1/id"),
                invalid.faults().stream().map(Fault::pointer).toList());
        assertEquals(
                "must not be longer than 1048576 characters; nothing behind it was read",
                invalid.faults().get(1).detail());
    }

    @Test
    void endlessTextOfAnUnknownField_isIgnored() {
        String body = "{\"things\":[{\"id\":\"k\",\"unknown\":\"" + "x".repeat(2 << 20) + "\"}]}";

        assertEquals(
                1, assertInstanceOf(DecodedBatch.class, things.decode(body)).records());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]              | ''      | must be an object with the member \"things\"",
                "[{\"things\":[]}] | ''    | must be an object with the member \"things\"",
                "1               | ''      | must be an object with the member \"things\"",
                "\"a\"           | ''      | must be an object with the member \"things\"",
                "null            | ''      | must be an object with the member \"things\"",
                "{}              | /things | is required",
                "{\"Things\":[]} | /things | is required",
                "{\"things\":null} | /things | must be an array of records",
                "{\"things\":{}} | /things | must be an array of records",
                "{\"things\":{\"id\":[\"k\"]}} | /things | must be an array of records",
                "{\"things\":1}  | /things | must be an array of records",
                "{\"things\":\"\"} | /things | must be an array of records",
                "{\"things\":[1]} | /things/0 | must be an object",
                "{\"things\":[null]} | /things/0 | must be an object",
                "{\"things\":[[{\"id\":\"k\"}]]} | /things/0 | must be an object",
                "{\"things\":[\"k\"]} | /things/0 | must be an object"
            })
    void bodyOfAnotherShape_isAFault(String body, String pointer, String detail) {
        assertEquals(new Fault(pointer, detail), Decoding.onlyFault(things.decode(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "{\"things\":[",
                "{\"things\":[{}",
                "{\"things\":[{\"id\":\"k\"}]",
                "{\"things\":[]}}",
                "{\"things\":[]} {}",
                "{\"things\":[]} x",
                "{\"things\":[]},",
                "{things:[]}",
                "{'things':[]}",
                "{\"things\":[],}",
                "{\"things\":[{\"id\":\"k\"},]}",
                "{\"things\":[{\"id\":\"k\",}]}",
                "{\"things\":[{\"id\" \"k\"}]}",
                "{\"things\":[{\"id\":\"k\"} {\"id\":\"k\"}]}",
                "tru",
                "truex",
                "nul",
                "{\"things\":[{\"id\":\"k}]}",
                "{\"things\":[{\"id\":\"\\x\"}]}",
                "{\"things\":[{\"id\":\"\\u12g4\"}]}",
                "{\"things\":[{\"id\":\"\\u12\"}]}",
                "{\"things\":[{\"id\":\"a\nb\"}]}",
                "{\"things\":[{\"id\":\"\t\"}]}",
                "{\"things\":[{\"id\":\"\0\"}]}",
                "{\"things\":[]}\0",
                "// comment\n{\"things\":[]}",
                "/**/{}",
                "{\"x\":\"\\q\",\"things\":[]}",
                "{\"x\":[1,],\"things\":[]}",
                "{\"x\":tru,\"things\":[]}",
                "{\"things\":[{\"id\":1x}]}",
                "{\"things\":[{\"id\":\"k\"]}",
                "[1}",
                "\"abc",
                "\u00a0{\"things\":[]}"
            })
    void notJson_isMalformed(String body) {
        DecodeResult.Malformed malformed = assertInstanceOf(DecodeResult.Malformed.class, things.decode(body));
        assertTrue(malformed.detail().length() <= 301, malformed::detail);
        assertFalse(malformed.detail().contains("REDACTED"), malformed::detail);
        assertFalse(malformed.detail().contains("Source"), malformed::detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t "})
    void emptyBody_isMalformed(String body) {
        assertEquals(new DecodeResult.Malformed("the body is empty"), things.decode(body));
    }

    @Test
    void malformedBody_isToldWhere() {
        DecodeResult.Malformed malformed = assertInstanceOf(
                DecodeResult.Malformed.class, things.decode("{\"things\":[\n{\"id\":\"k\"},\n  oops]}"));
        assertTrue(malformed.detail().startsWith("not JSON at line 3, column "), malformed::detail);
        assertEquals(
                new DecodeResult.Malformed("the body goes on after its JSON value"),
                things.decode("{\"things\":[]} 5"));
    }

    @Test
    void malformedEnd_winsOverFaultsBefore() {
        assertInstanceOf(DecodeResult.Malformed.class, things.decode("{\"things\":[{\"id\":1}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf", // continuation without a lead
                "c0 80",
                "c1 bf",
                "e0 80 80",
                "e0 9f bf",
                "f0 80 80 80",
                "f0 8f bf bf", // overlong
                "ed a0 80",
                "ed bf bf",
                "ed a0 bd ed b8 80", // surrogates
                "f4 90 80 80",
                "f5 80 80 80",
                "f8 88 80 80 80",
                "fc 84 80 80 80 80",
                "fe",
                "ff", // beyond U+10FFFF
                "c2",
                "e1 80",
                "f1 80 80",
                "e1",
                "f1",
                "f1 80", // cut short
                "c2 41",
                "e1 41 80",
                "e1 80 41",
                "f1 41 80 80",
                "f1 80 41 80",
                "f1 80 80 41",
                "c2 c2 80",
                "e1 80 c0"
            })
    void invalidUtf8_isMalformedWhereverItStands(String hex) {
        byte[] bad = HexFormat.ofDelimiter(" ").parseHex(hex);
        DecodeResult.Malformed malformed = new DecodeResult.Malformed("the body is not valid UTF-8");
        for (int shift = 0; shift < 9; shift++) {
            String filler = "x".repeat(shift);
            assertEquals(malformed, things.decode(around("{\"" + filler, bad, "\":1,\"things\":[]}")));
            assertEquals(malformed, things.decode(around("{\"things\":[{\"id\":\"" + filler, bad, "\"}]}")));
            assertEquals(malformed, things.decode(around("{\"things\":[]}" + filler, bad, "")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2 80",
                "df bf",
                "e0 a0 80",
                "ec bf bf",
                "ed 80 80",
                "ed 9f bf",
                "ee 80 80",
                "ef bf bf",
                "f0 90 80 80",
                "f3 bf bf bf",
                "f4 80 80 80",
                "f4 8f bf bf"
            })
    void validUtf8_isTakenToItsLimits(String hex) {
        byte[] good = HexFormat.ofDelimiter(" ").parseHex(hex);
        DecodeResult result = things.decode(around("{\"things\":[{\"id\":\"k\",\"word\":\"", good, "\"}]}"));
        assertEquals(
                new String(good, UTF_8), Decoding.onlyRecord(result).values().get("word"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void otherEncodings_areMalformed(String charset) {
        byte[] body = ("{\"things\":[" + ONE + "]}").getBytes(Charset.forName(charset));
        assertInstanceOf(DecodeResult.Malformed.class, things.decode(body));
    }

    @Test
    void byteOrderMark_isIgnoredAtTheStartAndNowhereElse() {
        String mark = "\ufeff";
        String body = "{\"things\":[{\"id\":\"k\",\"data\":{\"a\": 1}}]}";
        assertEquals(
                "{\"a\":1}",
                Decoding.onlyRecord(things.decode(mark + body)).values().get("data"));
        assertEquals(
                "{\"a\":1}",
                Decoding.onlyRecord(things.decodeLines(mark + "{\"id\":\"k\",\"data\":{\"a\": 1}}"))
                        .values()
                        .get("data"));
        assertEquals(new DecodeResult.Malformed("the body is empty"), things.decode(mark));
        assertInstanceOf(DecodeResult.Malformed.class, things.decode(mark + mark + body));
        assertInstanceOf(DecodeResult.Malformed.class, things.decode(body + mark));
        assertInstanceOf(DecodeResult.Malformed.class, things.decodeLines(ONE + "\n" + mark + ONE));
    }

    @Test
    void ofDuplicateArrays_theLastCounts() {
        assertEquals(
                "b",
                Decoding.onlyRecord(
                                things.decode("{\"things\":[{\"id\":\"a\"},{\"id\":7}],\"things\":[{\"id\":\"b\"}]}"))
                        .values()
                        .get("id"));
        assertEquals(
                0,
                assertInstanceOf(DecodedBatch.class, things.decode("{\"things\":[" + ONE + "],\"things\":[]}"))
                        .records());
        assertEquals(
                "/things/0/id",
                Decoding.onlyFault(things.decode("{\"things\":[" + ONE + "],\"things\":[{\"id\":7}]}"))
                        .pointer());
        assertEquals(
                "/things",
                Decoding.onlyFault(things.decode("{\"things\":[" + ONE + "],\"things\":5}"))
                        .pointer());
        assertEquals(
                "b",
                Decoding.onlyRecord(things.decode("{\"things\":5,\"things\":[{\"id\":\"b\"}]}"))
                        .values()
                        .get("id"));
    }

    @Test
    void tooManyRecords_areRefusedBeforeTheirFaults() {
        String thousand = (ONE + ",").repeat(999) + ONE;
        assertEquals(
                1000,
                Decoding.records(things.decode("{\"things\":[" + thousand + "]}"))
                        .size());
        DecodeResult tooMany = new DecodeResult.TooMany(1000);
        assertEquals(tooMany, things.decode("{\"things\":[" + thousand + "," + ONE + "]}"));
        assertEquals(tooMany, things.decode("{\"things\":[" + "7,".repeat(1000) + "7]}"));
        assertEquals(tooMany, things.decode("{\"things\":[" + thousand + ",{{not read"));
        assertEquals(tooMany, things.decodeLines((ONE + "\n").repeat(1001)));
        assertEquals(
                1000,
                Decoding.records(things.decodeLines((ONE + "\n\n").repeat(1000)))
                        .size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\"}\n{\"id\":\"b\"}",
                "{\"id\":\"a\"}\n{\"id\":\"b\"}\n",
                "{\"id\":\"a\"}\r\n{\"id\":\"b\"}\r\n",
                "\n\r\n  \n{\"id\":\"a\"}\n\n \t\n {\"id\":\"b\"} \n\n"
            })
    void lines_areRecords(String body) {
        assertEquals(
                List.of("a", "b"),
                Decoding.records(things.decodeLines(body)).stream()
                        .map(record -> record.values().get("id"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\n"})
    void noLines_areABatchOfNone(String body) {
        assertEquals(
                0,
                assertInstanceOf(DecodedBatch.class, things.decodeLines(body)).records());
    }

    @Test
    void malformedLine_isNamed() {
        assertEquals(
                new DecodeResult.Malformed("line 3 holds more than one JSON value"),
                things.decodeLines(ONE + "\n\n" + ONE + ONE + "\n"));
        for (String bad : List.of("{\"id\":\n\"k\"}", "oops", "{\"id\":\"k\"", "{\"id\":\"k\"}}", "{\"id\":\"k\"} x")) {
            DecodeResult.Malformed malformed =
                    assertInstanceOf(DecodeResult.Malformed.class, things.decodeLines(ONE + "\n" + bad + "\n" + ONE));
            assertTrue(malformed.detail().contains("line 2"), malformed::detail);
            assertFalse(malformed.detail().contains("line: "), malformed::detail);
        }
    }

    @Test
    void faultyLines_areNamedByTheirRecord() {
        assertEquals(
                new Fault("/things/1", "must be an object"), Decoding.onlyFault(things.decodeLines(ONE + "\n\n[]\n")));
        assertEquals(
                new Fault("/things/1/id", "is required"), Decoding.onlyFault(things.decodeLines(ONE + "\n\n{}\n")));
    }

    @Test
    void refusedRequest_leavesNothingForTheNext() {
        String good = "{\"things\":[{\"id\":\"k\",\"word\":\"w\"}]}";
        List<Decoding.Stored> expected = Decoding.records(things.decode(good));
        String full = "\"word\":\"x\",\"count\":7,\"tries\":8,\"data\":[1],\"changed\":\"2026-01-02T03:04:05Z\","
                + "\"created\":\"2026-01-02T03:04:05Z\",\"note\":null";
        for (String refused : List.of(
                "{\"things\":[{" + full,
                "{\"things\":[{" + full + "}]}",
                "{\"things\":[{" + full + ",\"id\":5}]}",
                "{\"things\":[{" + full + ",\"id\":\"k\"},{\"word\":5",
                "{\"things\":[" + "{\"word\":7},".repeat(1000) + "{}]}",
                "\u0000")) {
            assertFalse(things.decode(refused) instanceof DecodedBatch);
            assertEquals(expected, Decoding.records(things.decode(good)));
            assertFalse(things.decodeLines(refused) instanceof DecodedBatch);
            assertEquals(expected, Decoding.records(things.decodeLines("{\"id\":\"k\",\"word\":\"w\"}")));
        }
    }

    @Test
    void largeRequests_areTakenWholeAndLeaveNoTrace() {
        String text = "x".repeat(8000);
        String record = "{\"id\":\"k\",\"data\":[\"" + text + "\"]}";
        List<Decoding.Stored> records =
                Decoding.records(things.decode("{\"things\":[" + (record + ",").repeat(999) + record + "]}"));
        assertEquals(1000, records.size());
        for (Decoding.Stored stored : records) {
            assertEquals("[\"" + text + "\"]", stored.values().get("data"));
        }
        DecodedBatch next = assertInstanceOf(DecodedBatch.class, things.decodeOne(""));
        assertTrue(next.reserve(1).length <= 1 << 20, "the large array is given back");
    }

    private static byte[] around(String before, byte[] middle, String after) {
        byte[] head = before.getBytes(StandardCharsets.UTF_8);
        byte[] tail = after.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + middle.length + tail.length);
        System.arraycopy(middle, 0, all, head.length, middle.length);
        System.arraycopy(tail, 0, all, head.length + middle.length, tail.length);
        return all;
    }
}
