package dev.persistence.decode;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.RecordStore;
import dev.persistence.batch.WriteOutcome;
import dev.persistence.fallback.DeadLetterStore;
import dev.persistence.fallback.DeadLetters;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.Column;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.PipelineMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a body through decoder and ring, and reads what a consumer would find there. */
final class Decoding {

    static final int MAX_RECORDS = 1000;
    static final Instant ARRIVAL = Instant.parse("2026-03-04T05:06:07.123456Z");

    /** A record as it stands in its slot; a NULL is the value null. Row times are {@link RecordSlot#NO_TIME} if absent. */
    record Stored(Map<String, String> values, long changeMicros, long creationMicros) {}

    private final RecordType type;
    private final BatchDecoder decoder;

    private Decoding(RecordTypes types, String name, ZoneId naiveTimeZone) {
        this.type = types.named(name).orElseThrow();
        this.decoder = new BatchDecoder(types, naiveTimeZone, MAX_RECORDS);
    }

    /** A small type with a column of each kind. */
    static Decoding things() {
        return things(ZoneOffset.UTC);
    }

    static Decoding things(ZoneId naiveTimeZone) {
        return new Decoding(read("record-types = [" + Things.DECLARATION + "]"), "things", naiveTimeZone);
    }

    /** The same type where a real table narrows one of its columns. */
    static Decoding things(Column narrower) {
        RecordType things = read("record-types = [" + Things.DECLARATION + "]").get(0);
        List<Column> columns = things.columns().stream()
                .map(column -> column.name().equals(narrower.name()) ? narrower : column)
                .toList();
        return new Decoding(new RecordTypes(List.of(things.narrowed(columns, true))), "things", ZoneOffset.UTC);
    }

    static Decoding shipped(String name) {
        return new Decoding(Declarations.read(ConfigFactory.parseResources("record-types.conf")), name, ZoneOffset.UTC);
    }

    private static RecordTypes read(String declarations) {
        return Declarations.read(ConfigFactory.parseString(declarations));
    }

    RecordType type() {
        return type;
    }

    Column column(String name) {
        return type.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    DecodeResult decode(String json) {
        return decode(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes from the middle of a larger array, as a body in a pooled buffer stands there. */
    DecodeResult decode(byte[] body) {
        return decode(BodyFormat.JSON, body);
    }

    DecodeResult decodeLines(String lines) {
        return decode(BodyFormat.NDJSON, lines.getBytes(StandardCharsets.UTF_8));
    }

    private DecodeResult decode(BodyFormat format, byte[] body) {
        int before = 7;
        byte[] around = new byte[body.length + before + 5];
        Arrays.fill(around, (byte) '{');
        System.arraycopy(body, 0, around, before, body.length);
        return decoder.decode(type, format, around, before, body.length);
    }

    /** Decodes one record of which all but {@code members} is as plain as can be. */
    DecodeResult decodeOne(String members) {
        return decode("{\"things\":[{\"id\":\"k\"" + (members.isEmpty() ? "" : ",") + members + "}]}");
    }

    /** The stored text of a member, or null for NULL. */
    String stored(String member, String json) {
        Map<String, String> values =
                onlyRecord(decodeOne("\"" + member + "\":" + json)).values();
        assertTrue(values.containsKey(member), () -> "no " + member + " in " + values);
        return values.get(member);
    }

    /** The detail of the only fault that a member of this value causes, which must be named by its pointer. */
    String refusal(String member, String json) {
        Fault fault = onlyFault(decodeOne("\"" + member + "\":" + json));
        assertTrue(fault.pointer().equals("/things/0/" + member), fault::toString);
        return fault.detail();
    }

    static Fault onlyFault(DecodeResult result) {
        DecodeResult.Invalid invalid = assertInstanceOf(DecodeResult.Invalid.class, result);
        assertTrue(invalid.count() == 1 && invalid.faults().size() == 1, invalid::toString);
        return invalid.faults().get(0);
    }

    static Stored onlyRecord(DecodeResult result) {
        List<Stored> records = records(result);
        assertTrue(records.size() == 1, records::toString);
        return records.get(0);
    }

    /** Publishes the batch and reads it back from the slots. */
    static List<Stored> records(DecodeResult result) {
        DecodedBatch batch = assertInstanceOf(DecodedBatch.class, result);
        Clock fixed = Clock.fixed(ARRIVAL, ZoneOffset.UTC);
        ArrivalClock clock = new ArrivalClock(fixed, () -> 42);
        RecordRing ring = new RecordRing(1024, 1L << 30, 1, 64, Duration.ofSeconds(1), clock);
        assertTrue(batch.publish(ring, clock, PipelineMetrics.NONE));
        assertTrue(ring.unwrittenBytes() == batch.bytes());
        RecordRing.Consumer consumer = ring.consumer();
        List<Stored> records = new ArrayList<>();
        for (long sequence = 0; sequence < batch.records(); sequence++) {
            records.add(read(consumer.slot(sequence)));
        }
        consumer.settle(batch.records() - 1L);
        assertTrue(ring.unwrittenBytes() == 0, "every byte of the budget belongs to a slot");
        return records;
    }

    /** Takes the records to a database that is away, and so to the dead letters in this folder. */
    static void deadLetter(DecodeResult result, Path folder) {
        DecodedBatch batch = assertInstanceOf(DecodedBatch.class, result);
        ArrivalClock clock = new ArrivalClock(Clock.fixed(ARRIVAL, ZoneOffset.UTC), () -> 42);
        RecordRing ring = new RecordRing(1024, 1L << 30, 1, 64, Duration.ofSeconds(1), clock);
        assertTrue(batch.publish(ring, clock, PipelineMetrics.NONE));
        List<RecordSlot> slots = new ArrayList<>();
        for (long sequence = 0; sequence < batch.records(); sequence++) {
            slots.add(ring.consumer().slot(sequence));
        }
        DeadLetters letters = new DeadLetters(folder, Long.MAX_VALUE, PipelineMetrics.NONE);
        RecordTypes types = new RecordTypes(List.of(slots.get(0).type()));
        new DeadLetterStore(new DatabaseAway(), letters).write(RecordBatch.of(types, slots));
    }

    private static final class DatabaseAway implements RecordStore {
        @Override
        public WriteOutcome write(RecordBatch batch) {
            return new WriteOutcome.Lost("away", LossReason.UNREACHABLE);
        }

        @Override
        public long statementBytes() {
            return 1;
        }
    }

    private static Stored read(RecordSlot slot) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Column> columns = slot.type().columns();
        for (int column = 0; column < columns.size(); column++) {
            if ((slot.present() & 1L << column) != 0) {
                values.put(columns.get(column).name(), slot.isNull(column) ? null : text(slot, column));
            }
        }
        return new Stored(values, slot.changeMicros(), slot.creationMicros());
    }

    private static String text(RecordSlot slot, int column) {
        int start = slot.start(column);
        return new String(slot.values(), start, slot.end(column) - start, StandardCharsets.UTF_8);
    }

    static long micros(String moment) {
        Instant instant = Instant.parse(moment);
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
