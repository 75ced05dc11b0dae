package dev.persistence.fuzz.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.persistence.decode.BatchDecoder;
import dev.persistence.decode.BodyFormat;
import dev.persistence.decode.DecodeResult;
import dev.persistence.decode.DecodedBatch;
import dev.persistence.decode.Fault;
import dev.persistence.decode.Things;
import dev.persistence.fuzz.FuzzTarget;
import dev.persistence.fuzz.decode.BodyModel.Verdict;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.Mark;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.Settled;
import dev.persistence.schema.Column;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.schema.ValueType;
import dev.persistence.schema.ValueType.JsonType;
import dev.persistence.schema.ValueType.TimestampType;
import dev.persistence.telemetry.PipelineMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any bytes as a request body: {@link BodyModel} says whether it is refused, which records are at fault, and what the
 * ring holds. The first byte chooses the record type and, as a capital letter, NDJSON.
 */
public final class DecoderFuzz implements FuzzTarget {

    private static final Instant ARRIVAL = Instant.parse("2026-03-04T05:06:07.123456Z");
    private static final int MAX_RECORDS = 4;
    private static final int RING_SIZE = 8;
    private static final int RING_BYTES = 1024;
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final String DECLARATIONS = """
            include classpath("record-types.conf")
            record-types += %s
            record-types += {
              name = plain, table = p, key = n
              columns = [ { name = n, type = long, required = true }, { name = t, type = text, bytes = 100, required = true } ]
            }
            record-types += {
              name = narrow, table = n, key = id, change-time = changed
              columns = [
                { name = id, type = string, length = 8, required = true }
                { name = at, type = timestamp, required = true }
                { name = data, type = json }
                { name = changed, type = timestamp }
              ]
            }
            """.formatted(Things.DECLARATION);

    private final RecordTypes types = types();
    private final BatchDecoder decoder = new BatchDecoder(types, ZONE, MAX_RECORDS);
    private final Map<String, RecordModel> models = new LinkedHashMap<>();
    private final ArrivalClock clock = new ArrivalClock(Clock.fixed(ARRIVAL, ZoneOffset.UTC), () -> 42);
    private final RecordRing ring = new RecordRing(RING_SIZE, RING_BYTES, 5, 64, Duration.ofSeconds(1), clock);
    private final RecordRing.Consumer consumer = ring.consumer();

    public DecoderFuzz() {
        types.forEach(type -> models.put(type.name(), new RecordModel(type, ZONE)));
    }

    /** The declared ones, the last of them as a table narrows it. */
    private static RecordTypes types() {
        List<RecordType> types = new ArrayList<>();
        for (RecordType type :
                Declarations.read(ConfigFactory.parseString(DECLARATIONS).resolve())) {
            List<Column> narrower = type.columns().stream()
                    .map(column -> column.withType(narrower(column.type())))
                    .toList();
            types.add(type.name().equals("narrow") ? type.narrowed(narrower, true) : type);
        }
        return new RecordTypes(types);
    }

    private static ValueType narrower(ValueType type) {
        if (type instanceof TimestampType) {
            return new TimestampType(
                    micros(Instant.parse("1970-01-01T00:00:01Z")),
                    micros(Instant.parse("2038-01-19T03:14:07.499999Z")),
                    0);
        }
        return type instanceof JsonType ? new JsonType(30, 3, true) : type;
    }

    private static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = JsonKinds.seeds();
        DecoderSeeds.BODIES.lines().forEach(body -> seeds.put(body, JsonKinds.bytes(body)));
        return seeds;
    }

    @Override
    public String[] words() {
        List<String> words = new ArrayList<>(List.of(
                "null",
                "true",
                "false",
                "[",
                "]",
                "{",
                "}",
                "\"",
                ":",
                ",",
                "\\u",
                "\\uD83D\\uDE00",
                "\\ud800",
                "\n",
                "1e-5",
                "0.99995",
                "2147483648",
                "9223372036854775808",
                "1e400",
                "\uFEFF",
                "😀",
                "\"2026-01-02T03:04:05Z\""));
        for (RecordType type : types) {
            words.add("\"" + type.name() + "\":[");
            type.columns().forEach(column -> words.add("\"" + column.name() + "\":"));
        }
        return words.toArray(String[]::new);
    }

    @Override
    public void take(byte[] input) {
        int choice = input.length == 0 ? 'h' : input[0];
        BodyFormat format = choice >= 'A' && choice <= 'Z' ? BodyFormat.NDJSON : BodyFormat.JSON;
        String name = switch (Character.toLowerCase(choice)) {
            case 't' -> "tasks";
            case 's' -> "sessions";
            case 'p' -> "plain";
            case 'n' -> "narrow";
            default -> "things";
        };
        byte[] body = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        check(types.named(name).orElseThrow(), format, body, body.length % 2 == 0);
        check(types.named("plain").orElseThrow(), BodyFormat.JSON, DecoderSeeds.PLAIN, false); // as if nothing had been
    }

    private void check(RecordType type, BodyFormat format, byte[] body, boolean marked) {
        BodyModel model = BodyModel.of(type, models.get(type.name()), MAX_RECORDS, format, body);
        byte[] around = new byte[body.length + 12]; // as a body stands in a pooled buffer
        Arrays.fill(around, (byte) '{');
        System.arraycopy(body, 0, around, 7, body.length);
        DecodeResult result = decoder.decode(type, format, around, 7, body.length);
        assertTrue(model.verdicts.contains(verdict(result)), () -> model.verdicts + ", but " + result);
        if (result instanceof DecodeResult.Invalid invalid) {
            checkFaults(model, invalid);
        } else if (result instanceof DecodedBatch batch) {
            assertEquals(model.records.size(), batch.records());
            assertEquals(model.unknown, batch.unknownFields());
            checkRing(model, type, batch, marked);
        }
        assertEquals(RING_SIZE, ring.remaining(), "no slot is left claimed");
        assertEquals(0, ring.unwrittenBytes());
    }

    private static Verdict verdict(DecodeResult result) {
        if (result instanceof DecodeResult.Malformed) {
            return Verdict.MALFORMED;
        } else if (result instanceof DecodeResult.TooMany) {
            return Verdict.TOO_MANY;
        }
        return result instanceof DecodeResult.Invalid ? Verdict.INVALID : Verdict.TAKEN;
    }

    private static void checkFaults(BodyModel model, DecodeResult.Invalid invalid) {
        assertEquals(model.faults.size(), invalid.count());
        assertEquals(
                model.faults.subList(0, Math.min(model.faults.size(), DecodeResult.Invalid.NAMED_FAULTS)),
                invalid.faults().stream().map(Fault::pointer).toList());
    }

    private void checkRing(BodyModel model, RecordType type, DecodedBatch batch, boolean marked) {
        int bytes = batch.bytes();
        Mark.Written mark = null;
        boolean taken;
        if (marked && batch.records() > 0) {
            mark = batch.publishMarked(ring, clock, PipelineMetrics.NONE);
            taken = mark != null;
        } else {
            taken = batch.publish(ring, clock, PipelineMetrics.NONE);
        }
        assertEquals(bytes <= RING_BYTES, taken);
        if (!taken) {
            return;
        }
        assertEquals(bytes, ring.unwrittenBytes());
        long first = consumer.settled() + 1;
        long last = consumer.claimed();
        assertEquals(model.records.size(), last - first + 1);
        for (long sequence = first; sequence <= last; sequence++) {
            check(model.records.get((int) (sequence - first)), type, consumer.slot(sequence));
        }
        settle(mark, first, last);
    }

    private void settle(Mark.Written mark, long first, long last) {
        if (mark != null) {
            assertEquals(mark, consumer.nextMark());
            mark.settled(new Settled(first, last, Collections.nCopies(types.size(), 0L), List.of(), 0));
            mark.complete(0);
        }
        consumer.settle(last);
    }

    private static void check(RecordModel.Stored expected, RecordType type, RecordSlot slot) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int column = 0; column < type.columns().size(); column++) {
            if ((slot.present() & 1L << column) != 0) {
                int start = slot.start(column);
                String text = new String(slot.values(), start, slot.end(column) - start, StandardCharsets.UTF_8);
                values.put(type.columns().get(column).name(), slot.isNull(column) ? null : text);
            }
        }
        assertEquals(expected.values(), values);
        assertEquals(type, slot.type());
        long arrival = micros(ARRIVAL);
        long change = type.guarded() ? type.timestamp(type.changeTime()).cut(arrival) : arrival;
        assertEquals(expected.changeMicros().orElse(change), slot.changeMicros());
        assertEquals(expected.creationMicros().orElse(RecordSlot.NO_TIME), slot.creationMicros());
    }
}
