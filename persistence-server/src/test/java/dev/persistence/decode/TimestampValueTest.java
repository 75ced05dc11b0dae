package dev.persistence.decode;

import static dev.persistence.decode.Decoding.micros;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.ValueType.TimestampType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampValueTest {

    private static final String EXPECTED =
            "must be an ISO 8601 date and time from 1000-01-01 00:00:00 to 9999-12-31 23:59:59 UTC";

    private final Decoding things = Decoding.things();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "2026-01-02T03:04:05, 2026-01-02 03:04:05.000000",
                "2026-01-02 03:04:05, 2026-01-02 03:04:05.000000",
                "2026-01-02t03:04:05z, 2026-01-02 03:04:05.000000",
                "2026-01-02T03:04, 2026-01-02 03:04:00.000000",
                "2026-01-02T03:04Z, 2026-01-02 03:04:00.000000",
                "2026-01-02T03:04+01:00, 2026-01-02 02:04:00.000000",
                "2026-01-02T03:04:05.1, 2026-01-02 03:04:05.100000",
                "2026-01-02T03:04:05.12, 2026-01-02 03:04:05.120000",
                "2026-01-02T03:04:05.123, 2026-01-02 03:04:05.123000",
                "2026-01-02T03:04:05.1234, 2026-01-02 03:04:05.123400",
                "2026-01-02T03:04:05.12345, 2026-01-02 03:04:05.123450",
                "2026-01-02T03:04:05.123456, 2026-01-02 03:04:05.123456",
                "2026-01-02T03:04:05.1234567, 2026-01-02 03:04:05.123456",
                "2026-01-02T03:04:05.999999999, 2026-01-02 03:04:05.999999",
                "2026-01-02T03:04:05.99999999999999999999, 2026-01-02 03:04:05.999999",
                "'2026-01-02T03:04:05,5', 2026-01-02 03:04:05.500000",
                "2026-01-02T03:04:05Z, 2026-01-02 03:04:05.000000",
                "2026-01-02T03:04:05.678901z, 2026-01-02 03:04:05.678901",
                "2026-01-02T03:04:05+08, 2026-01-01 19:04:05.000000",
                "2026-01-02T03:04:05+0800, 2026-01-01 19:04:05.000000",
                "2026-01-02T03:04:05.5+08:00, 2026-01-01 19:04:05.500000",
                "2026-01-02T03:04:05-00:00, 2026-01-02 03:04:05.000000",
                "2026-01-02T03:04:05-0530, 2026-01-02 08:34:05.000000",
                "2026-01-02T03:04:05+23:59, 2026-01-01 03:05:05.000000",
                "2026-01-02T03:04:05-23:59, 2026-01-03 03:03:05.000000",
                "1000-01-01T00:00:00Z, 1000-01-01 00:00:00.000000",
                "0999-12-31T23:30:00-01:00, 1000-01-01 00:30:00.000000",
                "9999-12-31T23:59:59.999999999Z, 9999-12-31 23:59:59.999999",
                "2024-02-29T00:00:00Z, 2024-02-29 00:00:00.000000",
                "2000-02-29T00:00:00Z, 2000-02-29 00:00:00.000000",
                "1969-12-31T23:59:59.9999999Z, 1969-12-31 23:59:59.999999",
                "1969-12-31T23:59:59.000001Z, 1969-12-31 23:59:59.000001"
            })
    void timestamp_isStoredInUtc(String text, String stored) {
        assertEquals(stored, things.stored("at", "\"" + text + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"2026\"",
                "\"2026-01-02\"",
                "\"2026-01-02T\"",
                "\"2026-01-02T03\"",
                "\"2026-01-02T03:\"",
                "\"2026-01-02T03:04:\"",
                "\"2026-01-02T03:04:05.\"",
                "\"2026-01-02T03:04:05.Z\"",
                "\"2026-01-02T03:04.5\"",
                "\"2026-01-02T03:04,5Z\"",
                "\"2026-1-2T03:04:05\"",
                "\"26-01-02T03:04:05\"",
                "\"2026-01-02T3:04:05\"",
                "\"20260102T030405Z\"",
                "\"2026-W01-5T03:04:05\"",
                "\"2026-002T03:04:05\"",
                "\"2026-01-02  03:04:05\"",
                "\" 2026-01-02T03:04:05\"",
                "\"2026-01-02T03:04:05 \"",
                "\"2026-01-02T03:04:05 Z\"",
                "\"2026-01-02T03:04:05Zx\"",
                "\"2026-01-02T03:04:05ZZ\"",
                "\"2026-01-02T03:04:05+\"",
                "\"2026-01-02T03:04:05+8\"",
                "\"2026-01-02T03:04:05+08:\"",
                "\"2026-01-02T03:04:05+08:0\"",
                "\"2026-01-02T03:04:05+080\"",
                "\"2026-01-02T03:04:05+08:00:00\"",
                "\"2026-01-02T03:04:05+24:00\"",
                "\"2026-01-02T03:04:05+23:60\"",
                "\"2026-01-02T03:04:05 UTC\"",
                "\"2026-01-02T03:04:05Europe/Berlin\"",
                "\"2026-01-02T03:04:60Z\"",
                "\"2026-01-02T03:60:00Z\"",
                "\"2026-01-02T24:00:00Z\"",
                "\"2026-00-02T03:04:05Z\"",
                "\"2026-13-02T03:04:05Z\"",
                "\"2026-01-00T03:04:05Z\"",
                "\"2026-01-32T03:04:05Z\"",
                "\"2026-02-29T03:04:05Z\"",
                "\"1900-02-29T03:04:05Z\"",
                "\"2026-04-31T03:04:05Z\"",
                "\"2026/01/02T03:04:05Z\"",
                "\"٢٠٢٦-01-02T03:04:05Z\"",
                "\"-2026-01-02T03:04:05Z\"",
                "\"+2026-01-02T03:04:05Z\"",
                "\"12026-01-02T03:04:05Z\"",
                "\"0999-12-31T23:59:59.999999Z\"",
                "\"1000-01-01T00:00:00+00:01\"",
                "\"9999-12-31T23:59:59-00:01\"",
                "\"0000-00-00 00:00:00\"",
                "\"0000-01-01T00:00:00Z\"",
                "\"garbage\"",
                "1767323045",
                "1767323045.5",
                "true",
                "{}",
                "[\"2026-01-02T03:04:05Z\"]"
            })
    void timestamp_refusesAllElse(String json) {
        assertEquals(EXPECTED, things.refusal("at", json));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05, 2026-01-02 02:04:05.000000",
        "2026-07-02T03:04:05, 2026-07-02 01:04:05.000000",
        "2026-03-29T02:30:00, 2026-03-29 01:30:00.000000", // the gap: an hour on, as clocks that were not set show it
        "2026-10-25T02:30:00, 2026-10-25 00:30:00.000000", // the overlap: the first of the two
        "2026-07-02T03:04:05Z, 2026-07-02 03:04:05.000000"
    })
    void timestampWithoutZone_isTakenInTheConfiguredOne(String text, String stored) {
        assertEquals(stored, Decoding.things(ZoneId.of("Europe/Berlin")).stored("at", "\"" + text + "\""));
    }

    @Test
    void timestampWithoutZone_worksForAllKindsOfZone() {
        String text = "\"2026-01-02T03:04:05\"";
        assertEquals(
                "2026-01-01 19:04:05.000000",
                Decoding.things(ZoneOffset.ofHours(8)).stored("at", text));
        assertEquals(
                "2026-01-02 03:04:05.000000", Decoding.things(ZoneId.of("UTC")).stored("at", text));
        assertEquals(EXPECTED, Decoding.things(ZoneOffset.ofHours(8)).refusal("at", "\"1000-01-01T07:59:59\""));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2026-01-02T03:04:05.999999Z, 2026-01-02 03:04:05",
        "1, 2026-01-02T03:04:05.999999Z, 2026-01-02 03:04:05.9",
        "3, 2026-01-02T03:04:05.999999Z, 2026-01-02 03:04:05.999",
        "0, 1969-12-31T23:59:59.9Z, 1969-12-31 23:59:59",
        "3, 1960-02-29T12:00:00.1239Z, 1960-02-29 12:00:00.123"
    })
    void timestamp_isCutToACoarserColumn(int digits, String text, String stored) {
        assertEquals(stored, coarser("at", digits).stored("at", "\"" + text + "\""));
    }

    @Test
    void timestamp_keepsANarrowerRange() {
        TimestampType narrower = new TimestampType(micros("1970-01-01T00:00:01Z"), micros("2037-12-31T23:59:59Z"), 6);
        Decoding narrowed = Decoding.things(things.column("at").withType(narrower));
        String expected = "must be an ISO 8601 date and time from 1970-01-01 00:00:01 to 2037-12-31 23:59:59 UTC";
        assertEquals("1970-01-01 00:00:01.000000", narrowed.stored("at", "\"1970-01-01T00:00:01Z\""));
        assertEquals(expected, narrowed.refusal("at", "\"1970-01-01T00:00:00.999999Z\""));
        assertEquals(expected, narrowed.refusal("at", "\"2038-01-01T00:00:00Z\""));
    }

    @Test
    void rowTimes_areKeptAsNumbersAndNotAsValues() {
        Decoding.Stored record = Decoding.onlyRecord(things.decodeOne(
                "\"created\":\"2026-01-02T03:04:05.678901+01:00\",\"changed\":\"1969-12-31T23:59:59.9999999Z\""));
        assertEquals(micros("2026-01-02T02:04:05.678901Z"), record.creationMicros());
        assertEquals(-1, record.changeMicros());
        assertEquals(Map.of("id", "k"), record.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"created\":null,\"changed\":null"})
    void rowTimesAbsentOrNull_leaveTheMomentOfArrival(String members) {
        Decoding.Stored record = Decoding.onlyRecord(things.decodeOne(members));
        assertEquals(micros(Decoding.ARRIVAL.toString()), record.changeMicros());
        assertEquals(RecordSlot.NO_TIME, record.creationMicros());
    }

    @Test
    void rowTimes_areCutToACoarserColumn() {
        assertEquals(
                micros("2026-03-04T05:06:07.120Z"),
                Decoding.onlyRecord(coarser("changed", 2).decodeOne("")).changeMicros());
        assertEquals(
                -1_000_000,
                Decoding.onlyRecord(coarser("changed", 0).decodeOne("\"changed\":\"1969-12-31T23:59:59.1Z\""))
                        .changeMicros());
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "changed"})
    void rowTimes_areCheckedLikeAnyOther(String member) {
        assertEquals(EXPECTED, things.refusal(member, "\"yesterday\""));
        assertEquals(EXPECTED, things.refusal(member, "5"));
    }

    private Decoding coarser(String member, int digits) {
        TimestampType declared = (TimestampType) things.column(member).type();
        return Decoding.things(things.column(member)
                .withType(new TimestampType(declared.earliestMicros(), declared.latestMicros(), digits)));
    }
}
