package dev.persistence.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.schema.ValueType.TimestampType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01 00:00:00.000000",
        "1, 1970-01-01 00:00:00.000001",
        "-1, 1969-12-31 23:59:59.999999",
        "-1000000, 1969-12-31 23:59:59.000000",
        "-86400000000, 1969-12-31 00:00:00.000000",
        "1709210096123456, 2024-02-29 12:34:56.123456"
    })
    void moment_isWrittenAsSqlTakesIt(long micros, String text) {
        assertEquals(text, write(micros, 6));
    }

    @Test
    void years_reachFrom1000To9999() {
        assertEquals("1000-01-01 00:00:00.000000", write(micros("1000-01-01T00:00:00Z"), 6));
        assertEquals("9999-12-31 23:59:59.999999", write(micros("9999-12-31T23:59:59.999999Z"), 6));
        assertEquals("0001-01-01 00:00:00.000000", write(micros("0001-01-01T00:00:00Z"), 6));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2026-01-02 03:04:05",
        "1, 2026-01-02 03:04:05.6",
        "2, 2026-01-02 03:04:05.67",
        "3, 2026-01-02 03:04:05.678",
        "4, 2026-01-02 03:04:05.6789",
        "5, 2026-01-02 03:04:05.67890",
        "6, 2026-01-02 03:04:05.678901"
    })
    void fraction_isWrittenToTheColumnsDigits(int digits, String text) {
        assertEquals(text, write(micros("2026-01-02T03:04:05.678901Z"), digits));
    }

    @ParameterizedTest
    @CsvSource({
        "6, -1, -1",
        "5, -1, -10",
        "3, -1, -1000",
        "0, -1, -1000000",
        "0, 1999999, 1000000",
        "1, 1999999, 1900000",
        "6, 1999999, 1999999",
        "0, -1000000, -1000000"
    })
    void cut_goesBackInTimeAlsoBefore1970(int digits, long micros, long cut) {
        assertEquals(cut, new TimestampType(Long.MIN_VALUE, Long.MAX_VALUE, digits).cut(micros));
    }

    private static String write(long micros, int digits) {
        int before = 3;
        byte[] target = new byte[before + TimestampText.MAX_LENGTH];
        int end = TimestampText.write(target, before, micros, digits);
        return new String(Arrays.copyOfRange(target, before, end), StandardCharsets.US_ASCII);
    }

    private static long micros(String moment) {
        Instant instant = Instant.parse(moment);
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
