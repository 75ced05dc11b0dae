package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {

    private final StatementText text = new StatementText();

    @Test
    void quotesAndBackslashes_areDoubledAndNulIsEscaped() {
        quote("it's \\ a \0 \"test\" {x} -- %s \n\r\u001a 😀");
        assertEquals("'it''s \\\\ a \\0 \"test\" {x} -- %s \n\r\u001a 😀'", text.toString());
    }

    @Test
    void valueOfQuotesOnly_staysOneLiteral() {
        quote("''''");
        assertEquals("'''''''''" + "'", text.toString());
    }

    @Test
    void backslashBeforeTheEnd_doesNotEscapeTheQuote() {
        quote("\\");
        assertEquals("'\\\\'", text.toString());
    }

    @Test
    void truncatedCharacter_cannotSwallowTheQuote() {
        byte[] value = {(byte) 0xF0, (byte) 0x9F};
        text.quoted(value, 0, value.length);
        assertEquals("'\uFFFD'", text.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1;", "1 OR 1", "0x1", "'1'", "1,2", "NaN", "--"})
    void whatIsNoNumber_isNeverWrittenBare(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (value.equals("--")) {
            text.number(bytes, 0, 1); // a lone sign is a syntax error at worst
            return;
        }
        assertThrows(IllegalStateException.class, () -> text.number(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02 03:04:05.678901, 6, 2026-01-02 03:04:05.678901",
        "2026-01-02 03:04:05.678999, 3, 2026-01-02 03:04:05.678",
        "2026-01-02 03:04:05.999999, 0, 2026-01-02 03:04:05",
        "1000-01-01 00:00:00.000000, 6, 1000-01-01 00:00:00.000000",
        "1969-12-31 23:59:59.999999, 1, 1969-12-31 23:59:59.9",
        "9999-12-31 23:59:59.999999, 6, 9999-12-31 23:59:59.999999"
    })
    void moment_isCutToTheDigitsOfItsColumn(String time, int digits, String expected) {
        text.moment(Slots.micros(time), digits);
        assertEquals("'" + expected + "'", text.toString());
    }

    @Test
    void largeText_isGivenBack() {
        quote("x".repeat(3 << 20));
        text.release();
        quote("y");
        assertEquals("'y'", text.toString());
    }

    private void quote(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        text.quoted(bytes, 0, bytes.length);
    }
}
