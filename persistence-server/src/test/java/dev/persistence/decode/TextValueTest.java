package dev.persistence.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextValueTest {

    private static final String WORD = "must be a string of at most 5 characters";
    private static final String NOTE = "must be a string of at most 6 bytes of UTF-8";
    private static final String KEY = "must be a string of 1 to 8 characters";
    private static final String SURROGATE = "must not contain a lone surrogate";
    private static final String EMOJI = "😀";

    private final Decoding things = Decoding.things();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "abcde", "áéíóú", "汉字汉字汉", "😀😀😀😀😀", "👨‍👩‍👧", " a ", "a\u007f", "\u0080\uffff"})
    void string_isStoredAsSent(String text) {
        assertEquals(text, things.stored("word", "\"" + text + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abcdef\"", "\"😀😀😀😀😀😀\"", "1", "1.5", "true", "{}", "[\"a\"]", "{\"a\":[1,{}]}"})
    void string_refusesAllElse(String json) {
        assertEquals(WORD, things.refusal("word", json));
    }

    @Test
    void string_countsAnEmojiAsOneCharacter() {
        assertEquals(EMOJI.repeat(5), things.stored("word", "\"" + EMOJI.repeat(5) + "\""));
        assertEquals(EMOJI.repeat(5), things.stored("word", "\"" + "\\ud83d\\uDE00".repeat(5) + "\""));
    }

    @Test
    void text_countsBytesOfUtf8() {
        assertEquals("abcdef", things.stored("note", "\"abcdef\""));
        assertEquals("áéí", things.stored("note", "\"áéí\""));
        assertEquals("汉字", things.stored("note", "\"汉字\""));
        assertEquals("😀ab", things.stored("note", "\"😀ab\""));
        assertEquals(NOTE, things.refusal("note", "\"áéíx\""));
        assertEquals(NOTE, things.refusal("note", "\"汉字x\""));
        assertEquals(NOTE, things.refusal("note", "\"😀abc\""));
        assertEquals(NOTE, things.refusal("note", "7"));
    }

    @Test
    void emptyString_isDataUnlessTheColumnSaysOtherwise() {
        assertEquals("", things.stored("word", "\"\""));
        assertEquals("", things.stored("note", "\"\""));
        assertEquals(new Fault("/things/0/id", KEY), Decoding.onlyFault(things.decode("{\"things\":[{\"id\":\"\"}]}")));
    }

    @Test
    void nul_isData() {
        assertEquals("a\0b", things.stored("word", "\"a\\u0000b\""));
        assertEquals("\0", things.stored("note", "\"\\u0000\""));
    }

    @Test
    void escapes_areDecoded() {
        assertEquals("\"\\/\b\f", things.stored("word", "\"\\\"\\\\\\/\\b\\f\""));
        assertEquals("\n\r\t", things.stored("word", "\"\\n\\r\\t\""));
        assertEquals("Aé汉", things.stored("word", "\"\\u0041\\u00e9\\u6C49\""));
        assertEquals("\uffff", things.stored("word", "\"\\uFFFF\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud83d",
                "\\ude00",
                "a\\ud83d",
                "\\ud83db",
                "\\ud83d\\ud83d",
                "\\ude00\\ud83d",
                "\\ud83d\\n",
                "\\ud83d\\u0041",
                "\\ud83d😀"
            })
    void loneSurrogate_isAFault(String escaped) {
        assertEquals(SURROGATE, things.refusal("word", "\"" + escaped + "\""));
        assertEquals(SURROGATE, things.refusal("note", "\"" + escaped + "\""));
        assertEquals(SURROGATE, things.refusal("data", "{\"a\":\"" + escaped + "\"}"));
        // In a name the parser itself refuses it.
        assertInstanceOf(DecodeResult.Malformed.class, things.decodeOne("\"data\":{\"" + escaped + "\":1}"));
    }

    @Test
    void longText_isStoredWhole() {
        Decoding tasks = Decoding.shipped("tasks");
        String text = "汉".repeat(21_845);
        String body = "{\"tasks\":[{\"task_id\":\"t\",\"session_id\":\"s\",\"batch_id\":\"b\",\"sheet_name\":\"n\","
                + "\"row_index\":0,\"column_name\":\"c\",\"status\":\"done\",\"source_text\":\"" + text + "\"}]}";
        assertEquals(text, Decoding.onlyRecord(tasks.decode(body)).values().get("source_text"));
        assertEquals(
                new Fault("/tasks/0/source_text", "must be a string of at most 65535 bytes of UTF-8"),
                Decoding.onlyFault(tasks.decode(body.replace(text, text + "x"))));
    }
}
