package dev.persistence.decode;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.persistence.schema.ValueType.JsonType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

    private static final String EXPECTED = "must be an object or array at most 100 deep";

    private final Decoding things = Decoding.things();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[[],{}]",
                "{\"a\":1.10}",
                "[12345678901234567890123,1e400,-0.0,1E+2,0.1000]",
                "{\"a\":1,\"a\":2}",
                "{\"\":null,\"b\":[true,false]}",
                "{\"a b\":\" c\\t d \"}",
                "[\"\\\"\",\"\\\\\",\"\\\\\\\"\",\"\\/\",\"\\b\\f\\n\\r\\t\"]",
                "[\"\\u0000\\u00e9\\uFFFF\\ud83d\\uDE00\"]",
                "{\"\\ud83d\\ude00\":\"é汉😀\"}",
                "[\"[{,:}]\"]"
            })
    void json_isStoredAsSent(String json) {
        assertEquals(json, things.stored("data", json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"a\" : 1.10 , \"b\" : [ 1 , 2 ] } | {\"a\":1.10,\"b\":[1,2]}",
                "{ \"a b\" : \" c  d \" } | {\"a b\":\" c  d \"}",
                "[ \"\\\" \" , \"\\\\\" , 1 ] | [\"\\\" \",\"\\\\\",1]",
                "[ ] | []",
                "{ } | {}"
            })
    void json_losesWhiteSpaceBetweenTokensOnly(String json, String stored) {
        assertEquals(stored, things.stored("data", json));
        assertEquals(stored, things.stored("data", json.replace(", ", ",\r\n\t").replace("{ ", "{\n\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.5", "true", "false", "\"\"", "\"{}\"", "\"[1]\""})
    void json_refusesScalars(String json) {
        assertEquals(EXPECTED, things.refusal("data", json));
    }

    @Test
    void json_isAtMostAHundredDeep() {
        assertEquals(nested(100), things.stored("data", nested(100)));
        assertEquals(mixed(50), things.stored("data", mixed(50)));
        assertEquals(EXPECTED, things.refusal("data", nested(101)));
        assertEquals(EXPECTED, things.refusal("data", mixed(51)));
        assertEquals(EXPECTED, things.refusal("data", nested(9000)));
    }

    @Test
    void hostileDepth_isMalformedAtOnce() {
        String deep = nested(200_000);
        assertTimeout(ofSeconds(5), () -> {
            assertInstanceOf(DecodeResult.Malformed.class, things.decodeOne("\"data\":" + deep));
            assertInstanceOf(DecodeResult.Malformed.class, things.decodeOne("\"other\":" + deep));
            assertInstanceOf(DecodeResult.Malformed.class, things.decodeOne("\"word\":" + deep));
            assertInstanceOf(DecodeResult.Malformed.class, things.decode(deep));
            assertInstanceOf(DecodeResult.Malformed.class, things.decodeLines(deep));
        });
    }

    @Test
    void jsonWithManyNames_isStoredAsSent() {
        StringBuilder json = new StringBuilder("{\"name0\":0");
        for (int i = 1; i < 100_000; i++) {
            json.append(",\"name").append(i).append("\":").append(i);
        }
        String all = json.append('}').toString();
        assertEquals(all, things.stored("data", all));
    }

    @Test
    void json_isFoundWhereverItStands() {
        DecodeResult result =
                things.decode("{\"é\":[{\"a\":1}], \"things\" : [ {\"word\":\"汉😀\",\"id\":\"a\", \"data\"\n:\n"
                        + "{\"x\": \"汉\"} } ,{\"data\":[1 , 2],\"id\":\"b\"}]}");
        assertEquals("{\"x\":\"汉\"}", Decoding.records(result).get(0).values().get("data"));
        assertEquals("[1,2]", Decoding.records(result).get(1).values().get("data"));
    }

    @Test
    void json_isFoundOnEveryLine() {
        DecodeResult result =
                things.decodeLines("{\"id\":\"é\",\"data\":{\"a\": 1}}\n\n{\"id\":\"b\", \"data\" : [ \"汉\" ]}\n");
        assertEquals("{\"a\":1}", Decoding.records(result).get(0).values().get("data"));
        assertEquals("[\"汉\"]", Decoding.records(result).get(1).values().get("data"));
    }

    @Test
    void json_keepsALimitOfBytes() {
        Decoding narrowed = Decoding.things(things.column("data").withType(new JsonType(9, 100, false)));
        assertEquals("[\"汉\",1]", narrowed.stored("data", "[ \"汉\" ,\n 1 ]"));
        assertEquals(EXPECTED + ", of at most 9 bytes", narrowed.refusal("data", "[\"汉\",12]"));
    }

    @Test
    void nativeJson_takesOnlyNumbersWithinADouble() {
        Decoding narrowed = Decoding.things(things.column("data").withType(new JsonType(Integer.MAX_VALUE, 100, true)));
        String beyond = "must not contain a number beyond the range of a double";
        assertEquals("[1e308,12345678901234567890123]", narrowed.stored("data", "[1e308,12345678901234567890123]"));
        assertEquals(beyond, narrowed.refusal("data", "[1,[1e400],2]"));
        assertEquals(beyond, narrowed.refusal("data", "{\"a\":-1e309}"));
        assertEquals(beyond, narrowed.refusal("data", "[" + "9".repeat(400) + "]"));
        assertEquals("[\"1e400\"]", narrowed.stored("data", "[\"1e400\"]"));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String mixed(int pairs) {
        return "{\"a\":[".repeat(pairs) + "]}".repeat(pairs);
    }
}
