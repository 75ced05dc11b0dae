package dev.persistence.decode;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.persistence.schema.RecordType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberValueTest {

    private static final String COUNT = "must be an integer from 0 to 2147483647";
    private static final String TRIES = "must be an integer from -2147483648 to 2147483647";
    private static final String BIG = "must be an integer from -9223372036854775808 to 9223372036854775807";
    private static final String RATIO = "must be a number from 0 to 1";
    private static final String AMOUNT = "must be a number from -9999.99 to 9999.99";

    private final Decoding things = Decoding.things();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "0, 0",
                "-0, 0",
                "-0.0, 0",
                "7, 7",
                "3.0, 3",
                "3.000, 3",
                "1e2, 100",
                "1E+2, 100",
                "1.5e1, 15",
                "100e-2, 1",
                "0e999999999, 0",
                "0e-999999999, 0",
                "2147483647, 2147483647",
                "2147483647.0, 2147483647",
                "'\"42\"', 42",
                "'\"-0\"', 0",
                "'\"007\"', 7",
                "'\"00000000000000000000000000000042\"', 42",
            })
    void integer_isStoredAsDigits(String json, String stored) {
        assertEquals(stored, things.stored("count", json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "3.5",
                "1e-1",
                "true",
                "false",
                "2147483648",
                "2147483648.0",
                "99999999999999999999",
                "1e10",
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "-1e-999999999",
                "1e99999999999",
                "1e-99999999999",
                "[]",
                "{}",
                "[1]",
                "\"\"",
                "\"-\"",
                "\"+5\"",
                "\" 5\"",
                "\"5 \"",
                "\"3.0\"",
                "\"1e2\"",
                "\"3.5\"",
                "\"abc\"",
                "\"٣\"",
                "\"0x10\"",
                "\"1_000\"",
                "\"2147483648\"",
                "\"-1\"",
                "\"NaN\""
            })
    void integer_refusesAllElse(String json) {
        assertEquals(COUNT, things.refusal("count", json));
    }

    @ParameterizedTest
    @CsvSource({"-2147483648, -2147483648", "-2147483648.0, -2147483648", "2147483647, 2147483647"})
    void integer_reachesItsLimits(String json, String stored) {
        assertEquals(stored, things.stored("tries", json));
        assertEquals(TRIES, things.refusal("tries", "-2147483649"));
        assertEquals(TRIES, things.refusal("tries", "2147483648"));
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775807.00, 9223372036854775807",
        "999999999999999999, 999999999999999999",
        "-99999999999999999, -99999999999999999",
        "1e18, 1000000000000000000"
    })
    void long_reachesItsLimits(String json, String stored) {
        assertEquals(stored, things.stored("big", json));
        assertEquals(stored, things.stored("big", json.matches("-?[0-9]+") ? "\"" + json + "\"" : json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "1e19", "9223372036854775807.5"})
    void long_refusesWhatIsBeyond(String json) {
        assertEquals(BIG, things.refusal("big", json));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "0, 0.0000",
                "-0, 0.0000",
                "-0.0, 0.0000",
                "1, 1.0000",
                "0.5, 0.5000",
                "0.12345, 0.1235",
                "0.12344999999, 0.1234",
                "0.00005, 0.0001",
                "0.00004999, 0.0000",
                "0.99995, 1.0000",
                "5e-1, 0.5000",
                "1e-999999999, 0.0000",
                "0e999999999, 0.0000",
                "'\"0.98\"', 0.9800",
                "'\"1e-2\"', 0.0100",
                "'\".5\"', 0.5000",
                "'\"+0.5\"', 0.5000",
            })
    void decimal_isRoundedHalfUpToItsScale(String json, String stored) {
        assertEquals(stored, things.stored("ratio", json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.00001",
                "1.0000000001",
                "-0.00001",
                "-1e-999999999",
                "2",
                "1e999999999",
                "1e99999999999",
                "true",
                "[]",
                "{\"a\":1}",
                "\"\"",
                "\"NaN\"",
                "\"Infinity\"",
                "\"-Infinity\"",
                "\"abc\"",
                "\" 0.5\"",
                "\"0,5\"",
                "\"٠\"",
                "\"1e\"",
                "\".\"",
                "\"0x1\"",
                "\"0.5f\""
            })
    void decimal_checksItsRangeBeforeRounding(String json) {
        assertEquals(RATIO, things.refusal("ratio", json));
    }

    @ParameterizedTest
    @CsvSource({
        "-0.005, -0.01",
        "-0.004, 0.00",
        "0.005, 0.01",
        "9999.99, 9999.99",
        "-9999.99, -9999.99",
        "1e3, 1000.00",
        "-1e-999999999, 0.00"
    })
    void decimal_withoutLimitsReachesItsPrecision(String json, String stored) {
        assertEquals(stored, things.stored("amount", json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999.991", "9999.995", "10000", "-10000", "-9999.995"})
    void decimal_withoutLimitsRefusesWhatItsPrecisionCannotHold(String json) {
        assertEquals(AMOUNT, things.refusal("amount", json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void boolean_isStoredAsOneOrZero(String json) {
        assertEquals(json.equals("true") ? "1" : "0", things.stored("active", json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "\"true\"", "\"\"", "[]", "{\"a\":true}", "1.0"})
    void boolean_refusesAllElse(String json) {
        assertEquals("must be true or false", things.refusal("active", json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "+1", "01", "1.", ".5", "0x10", "1e", "-", "'1'", "True"})
    void notAJsonNumber_isMalformed(String json) {
        assertInstanceOf(DecodeResult.Malformed.class, things.decodeOne("\"count\":" + json));
        assertInstanceOf(DecodeResult.Malformed.class, things.decodeOne("\"ratio\":" + json));
        assertInstanceOf(DecodeResult.Malformed.class, things.decodeOne("\"data\":[" + json + "]"));
    }

    @Test
    void hugeNumbers_areRefusedWithoutWork() {
        String thousandDigits = "1" + "0".repeat(999);
        String millionDigits = "9".repeat(1_000_000);
        assertTimeout(ofSeconds(5), () -> {
            for (String number : new String[] {thousandDigits, millionDigits}) {
                assertEquals(COUNT, things.refusal("count", number));
                assertEquals(COUNT, things.refusal("count", "\"" + number + "\""));
                assertEquals(BIG, things.refusal("big", number + ".0"));
                assertEquals(RATIO, things.refusal("ratio", number));
                assertEquals(AMOUNT, things.refusal("amount", "\"" + number + "\""));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -1, -10, 1234567890123456789L, Long.MAX_VALUE, Long.MIN_VALUE})
    void writtenNumber_hasItsDigitsAndItsPoint(long unscaled) {
        RecordType type = Decoding.things().type();
        for (int scale = 0; scale <= 20; scale++) {
            DecodedBatch batch = new DecodedBatch();
            batch.begin(type, 100);
            batch.beginRecord();

            batch.endNumber(0, unscaled, scale);

            String written = new String(batch.reserve(0), 0, batch.bytes(), StandardCharsets.US_ASCII);
            assertEquals(BigDecimal.valueOf(unscaled, scale).toPlainString(), written);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.5", "-0.0731", "12345.6789", "-99999999999999.9999", "00.10", "7."})
    void plainNumber_isThatOfTheLibrary(String text) {
        BigDecimal number = new BigDecimal(text);
        long expected = text.endsWith(".")
                ? Numbers.NOT_PLAIN
                : number.setScale(4).unscaledValue().longValueExact();

        assertEquals(expected, Numbers.plain(text.toCharArray(), 0, text.length(), 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".5", "1e3", "+1", "0.12345", "100000000000000", "1.2.3", "1 ", "99999999999999999999"})
    void anyOtherNumber_isNotPlain(String text) {
        assertEquals(Numbers.NOT_PLAIN, Numbers.plain(text.toCharArray(), 0, text.length(), 4));
    }
}
