package dev.persistence.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.persistence.decode.BatchDecoder;
import dev.persistence.decode.BodyFormat;
import dev.persistence.decode.DecodedBatch;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticTasksTest {

    private static final Pattern KEY = Pattern.compile("\"task_id\":\"([^\"]*)\"");

    @ParameterizedTest
    @EnumSource(KeyOrder.class)
    void bodies_fitTheDeclaration(KeyOrder order) {
        RecordTypes types = Declarations.read(ConfigFactory.parseResources("record-types.conf"));
        BatchDecoder decoder = new BatchDecoder(types, ZoneOffset.UTC, 1000);
        for (int textBytes : new int[] {1, 2, 90, 1000, 65_535}) {
            Request request = new SyntheticTasks(options(7, 0.5, order, textBytes, 7, 1)).next(0);

            assertInstanceOf(
                    DecodedBatch.class,
                    decoder.decode(
                            types.named(request.type()).orElseThrow(),
                            BodyFormat.JSON,
                            request.body(),
                            0,
                            request.body().length),
                    () -> new String(request.body(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void texts_haveTheGivenLength() {
        Request request = new SyntheticTasks(options(100, 0, KeyOrder.ORDERED, 301, 100, 1)).next(0);

        List<String> texts =
                captured(request, Pattern.compile("\"(?:source|target)_text\":\"((?:[^\"\\\\]|\\\\.)*)\""));
        assertEquals(200, texts.size());
        for (String text : texts) {
            String meant = text.replace("\\n", "\n").replace("\\\"", "\"");
            assertEquals(301, meant.getBytes(StandardCharsets.UTF_8).length, text);
        }
    }

    @Test
    void aUsualRecord_isAsLongAsARealOne() {
        Request request = new SyntheticTasks(TaskOptions.usual(100, 1, RunMark.next())).next(0);

        int bytes = request.body().length / request.records();
        assertTrue(bytes >= 480 && bytes <= 670, () -> bytes + " bytes");
    }

    @Test
    void records_endAtTheirNumber() {
        SyntheticTasks tasks = new SyntheticTasks(options(25, 0, KeyOrder.ORDERED, 10, 10, 2));

        List<Integer> records = new ArrayList<>();
        for (Request request = tasks.next(0); request != null; request = tasks.next(records.size() % 2)) {
            records.add(request.records());
            assertEquals(request.records(), keys(request).size());
        }

        assertEquals(List.of(10, 10, 5), records);
        assertNull(tasks.next(0));
        assertNull(tasks.next(1));
    }

    @Test
    void orderedKeys_ascendOverAllLanes() {
        List<String> keys = keys(new SyntheticTasks(options(1000, 0, KeyOrder.ORDERED, 10, 10, 3)));

        assertEquals(1000, new HashSet<>(keys).size());
        assertEquals(keys.stream().sorted().toList(), keys);
    }

    @Test
    void orderedKeys_areAboveThoseOfEarlierRuns() {
        String earlier = RunMark.next(() -> Instant.ofEpochMilli(0xfffffffffL));
        String later = RunMark.next(() -> Instant.ofEpochMilli(0x1000000000L));

        assertTrue(earlier.compareTo(later) < 0);
    }

    @Test
    void randomKeys_areDifferentAndWithoutOrder() {
        List<String> keys = keys(new SyntheticTasks(options(1000, 0, KeyOrder.RANDOM, 10, 10, 3)));

        assertEquals(1000, new HashSet<>(keys).size());
        long ascents = 0;
        for (int index = 1; index < keys.size(); index++) {
            ascents += keys.get(index - 1).compareTo(keys.get(index)) < 0 ? 1 : 0;
        }
        assertTrue(ascents > 400 && ascents < 600, "ascents: " + ascents);
    }

    @Test
    void repeated_isTheShareOfEarlierKeys() {
        SyntheticTasks tasks = new SyntheticTasks(options(10_000, 0.25, KeyOrder.RANDOM, 10, 10, 2));

        List<String> keys = keys(tasks);

        assertEquals(10_000, keys.size());
        assertEquals(7_500, new HashSet<>(keys).size());
        assertEquals(7_500, tasks.keys());
    }

    @Test
    void repeatedOne_repeatsOneKey() {
        assertEquals(1, new HashSet<>(keys(new SyntheticTasks(options(50, 1, KeyOrder.ORDERED, 10, 10, 1)))).size());
    }

    @Test
    void nextRequest_overwritesTheBodyInPlace() {
        List<Instant> times = List.of(Instant.parse("2026-01-02T03:04:05.6Z"), Instant.parse("2026-01-02T03:04:06Z"));
        List<Instant> left = new ArrayList<>(times);
        SyntheticTasks tasks = new SyntheticTasks(options(100, 0, KeyOrder.ORDERED, 50, 10, 1), () -> left.remove(0));

        Request first = tasks.next(0);
        String before = new String(first.body(), StandardCharsets.UTF_8);
        Request second = tasks.next(0);
        String after = new String(second.body(), StandardCharsets.UTF_8);

        assertSame(first.body(), second.body());
        assertEquals(
                before.replaceAll("-[0-9a-f]{15}[0-9a-f]\"", "\"").replace(":05.600000Z", ":06.000000Z"),
                after.replaceAll("-[0-9a-f]{15}[0-9a-f]\"", "\""));
    }

    @Test
    void allRecords_carryTheSessionAndTheTimeOfTheRequest() {
        Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");
        Request request = new SyntheticTasks(options(10, 0, KeyOrder.RANDOM, 10, 10, 1), () -> now).next(0);

        assertNotNull(request);
        assertEquals(
                10,
                captured(request, Pattern.compile("\"session_id\":\"(run)\"")).size());
        assertEquals(
                10,
                captured(request, Pattern.compile("\"updated_at\":\"(2026-01-02T03:04:05.678901Z)\""))
                        .size());
    }

    @Test
    void impossibleOption_isNamed() {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> options(10, 1.5, KeyOrder.ORDERED, 10, 10, 1));

        assertEquals("repeated: 1.5 (expected a share from 0 to 1)", wrong.getMessage());
    }

    private static TaskOptions options(
            long records, double repeated, KeyOrder order, int textBytes, int recordsPerRequest, int lanes) {
        return new TaskOptions(records, repeated, order, textBytes, recordsPerRequest, lanes, "run");
    }

    /** The keys of all requests, the lanes taking turns. */
    private static List<String> keys(SyntheticTasks tasks) {
        List<String> keys = new ArrayList<>();
        int turn = 0;
        for (Request request = tasks.next(0); request != null; request = tasks.next(++turn % tasks.lanes())) {
            keys.addAll(keys(request));
        }
        return keys;
    }

    private static List<String> keys(Request request) {
        return captured(request, KEY);
    }

    private static List<String> captured(Request request, Pattern pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(new String(request.body(), StandardCharsets.UTF_8));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
