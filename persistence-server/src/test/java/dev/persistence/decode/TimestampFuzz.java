package dev.persistence.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.fuzz.FuzzTarget;
import dev.persistence.fuzz.decode.MomentModel;
import dev.persistence.schema.TimestampText;
import dev.persistence.schema.ValueType.TimestampType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Any text as a moment: taken or refused as {@link MomentModel} says, in several zones, and written as it says. */
public final class TimestampFuzz implements FuzzTarget {

    private static final String[] SEEDS = {
        "2026-01-02T03:04:05.678901Z",
        "2026-01-02 03:04",
        "2026-01-02t03:04:05z",
        "2026-01-02T03:04:05,5",
        "2026-01-02T03:04:05.99999999999999999999",
        "2026-01-02T03:04:05+08",
        "2026-01-02T03:04:05-0530",
        "2026-01-02T03:04:05+23:59",
        "2026-01-02T03:04:05+24:00",
        "1000-01-01T00:00:00Z",
        "0999-12-31T23:30:00-01:00",
        "9999-12-31T23:59:59.999999999Z",
        "2024-02-29T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "1969-12-31T23:59:59.000001Z",
        "0000-01-01T00:00:00Z",
        "2026-03-29T02:30:00",
        "2026-10-25T02:30:00",
        "2011-12-30T12:00:00",
        "1883-11-18T12:03:58",
        "2016-12-31T23:59:60Z",
        "2026-01-02",
        "2026-01-02T24:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "+2026-01-02T03:04:05Z",
        "20260102T030405Z",
        "2026-01-02T03:04.5",
        "2026-01-02T03:04:05.",
        "2026-01-02T03:04:05+0",
        "",
        "٢٠٢٦-01-02T03:04:05Z",
        "2026-01-02T03:04:05Z ",
        "2026-01-02  03:04:05",
        "2026-01-02T03:04:05+01:0",
    };

    private static final List<ZoneId> ZONES = List.of(
            ZoneOffset.UTC,
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("Pacific/Apia"),
            ZoneOffset.ofHoursMinutesSeconds(-18, 0, 0));

    /** MySQL's DATETIME and TIMESTAMP, and a moment as narrow as can be. */
    private static final List<TimestampType> TYPES = List.of(
            type("1000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", 6),
            type("1970-01-01T00:00:01Z", "2038-01-19T03:14:07.499999Z", 0),
            type("1000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", 3));

    private final List<Iso8601> readers = ZONES.stream().map(Iso8601::new).toList();

    private static TimestampType type(String earliest, String latest, int digits) {
        return new TimestampType(Decoding.micros(earliest), Decoding.micros(latest), digits);
    }

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (String seed : SEEDS) {
            seeds.put("\"" + seed + "\"", seed.getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }

    @Override
    public String[] words() {
        return new String[] {
            "2026-", "-02-29", "T23:59:59", ".999999", "+08:00", "-2359", "Z", "0999-12-31", "9999-12-31"
        };
    }

    @Override
    public void take(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        char[] around = ("2" + text + "0Z").toCharArray(); // as it stands in the parser's buffer
        for (int zone = 0; zone < ZONES.size(); zone++) {
            OptionalLong expected = MomentModel.micros(text, ZONES.get(zone));
            long micros = readers.get(zone).micros(around, 1, text.length());
            assertEquals(expected.orElse(Iso8601.NOT_A_MOMENT), micros, text);
            if (expected.isPresent()) {
                writeBack(micros);
            }
        }
    }

    private static void writeBack(long micros) {
        for (TimestampType type : TYPES) {
            if (micros >= type.earliestMicros() && micros <= type.latestMicros()) {
                byte[] bytes = new byte[TimestampText.MAX_LENGTH];
                int end = TimestampText.write(bytes, 0, type.cut(micros), type.fractionDigits());
                assertEquals(
                        MomentModel.text(micros, type.fractionDigits()),
                        new String(bytes, 0, end, StandardCharsets.US_ASCII));
            }
        }
    }
}
