package dev.persistence.client.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.client.Fields;
import dev.persistence.client.measure.DropReason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordJsonTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");

    private final RecordJson json = new RecordJson(Optional.empty());

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("a \"quoted\" text\n\0 é 😀", "\"a \\\"quoted\\\" text\\n\\u0000 é 😀\""),
                Arguments.of(CharBuffer.wrap("built"), "\"built\""),
                Arguments.of('c', "\"c\""),
                Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of((byte) 7, "7"),
                Arguments.of(new BigDecimal("0.12345678901234567890"), "0.12345678901234567890"),
                Arguments.of(new BigInteger("123456789012345678901234567890"), "123456789012345678901234567890"),
                Arguments.of(0.1, "0.1"),
                Arguments.of(0.1f, "0.1"),
                Arguments.of(true, "true"),
                Arguments.of(TimeUnit.SECONDS, "\"SECONDS\""),
                Arguments.of(new UUID(0, 1), "\"00000000-0000-0000-0000-000000000001\""),
                Arguments.of(NOON.plusNanos(999), "\"2026-01-02T12:00:00.123456Z\""),
                Arguments.of(
                        OffsetDateTime.parse("2026-01-02T14:00:00.123456+02:00"), "\"2026-01-02T12:00:00.123456Z\""),
                Arguments.of(NOON.atZone(ZoneId.of("Asia/Tokyo")), "\"2026-01-02T12:00:00.123456Z\""),
                Arguments.of(LocalDateTime.parse("2026-01-02T12:00"), "\"2026-01-02T12:00:00\""),
                Arguments.of(Map.of("a", List.of(1, "b")), "{\"a\":[1,\"b\"]}"),
                Arguments.of(Arrays.asList(1, null), "[1,null]"),
                Arguments.of(new String[] {"a"}, "[\"a\"]"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_isWrittenExactly(Object value, String expected) throws InvalidRecordException {
        assertEquals("{\"field\":" + expected + "}", text(Map.of("field", value)));
    }

    @Test
    void fields_keepTheirOrderAndNulls() throws InvalidRecordException {
        Fields fields = new Fields()
                .set("task_id", "t-1")
                .set("row_index", 1)
                .set("confidence", new BigDecimal("0.50"))
                .set("target_text", (String) null)
                .clear("error_message")
                .set("start_time", NOON);

        assertEquals(
                "{\"task_id\":\"t-1\",\"row_index\":1,\"confidence\":0.50,\"target_text\":null,\"error_message\":null,"
                        + "\"start_time\":\"2026-01-02T12:00:00.123456Z\"}",
                text(fields));
    }

    static Stream<Arguments> impossible() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        Map<Object, Object> numbered = new HashMap<>();
        numbered.put(1, "secret");
        return Stream.of(
                Arguments.of(Double.NaN, "infinite or none"),
                Arguments.of(Float.NEGATIVE_INFINITY, "infinite or none"),
                Arguments.of(new AtomicReference<>("secret"), "java.util.concurrent.atomic.AtomicReference"),
                Arguments.of(numbered, "java.lang.Integer"),
                Arguments.of(endless, "while it was written"));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void valueThatJsonCannotSay_isRefusedByItsFieldWithoutItsText(Object value, String words) {
        InvalidRecordException refused = refused(Map.of("field", value));

        assertEquals(DropReason.INVALID, refused.reason());
        assertTrue(refused.getMessage().startsWith("field: "), refused.getMessage());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
        assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
    }

    @Test
    void recordThatNoRequestCouldHold_isTooLarge() {
        assertEquals(
                DropReason.TOO_LARGE,
                refused(Map.of("field", "x".repeat(11 * 1024 * 1024))).reason());
    }

    @Test
    void nullRecord_isRefused() {
        assertEquals(DropReason.INVALID, refused(null).reason());
    }

    @Test
    void recordWithoutMomentOfChange_isStampedLaterThanTheOneBefore() throws InvalidRecordException {
        AtomicReference<Instant> clock = new AtomicReference<>(NOON);
        RecordJson stamping = new RecordJson(Optional.of(new ChangeStamp("updated_at", clock::get)));
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("updated_at", null);

        assertEquals("{\"updated_at\":\"2026-01-02T12:00:00.123456Z\"}", text(stamping, Map.of()));
        clock.set(NOON.minusSeconds(60)); // the clock is set back
        assertEquals("{\"updated_at\":\"2026-01-02T12:00:00.123457Z\"}", text(stamping, cleared));
        clock.set(NOON.plusSeconds(1));
        assertEquals("{\"updated_at\":\"2026-01-02T12:00:01.123456Z\"}", text(stamping, Map.of()));
        assertEquals("{\"updated_at\":\"2020\"}", text(stamping, Map.of("updated_at", "2020")));
    }

    private InvalidRecordException refused(Map<String, ?> record) {
        return assertThrows(InvalidRecordException.class, () -> json.write(record));
    }

    private String text(Map<String, ?> record) throws InvalidRecordException {
        return text(json, record);
    }

    private static String text(RecordJson json, Map<String, ?> record) throws InvalidRecordException {
        return new String(json.write(record), StandardCharsets.UTF_8);
    }
}
