package dev.persistence.ring;

import com.typesafe.config.ConfigFactory;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A record as a test writes it down, and what puts it onto a ring without any JSON. */
public final class TestRecord {

    /** {@code orders} (guarded, string key) before {@code events} (unguarded, key is a number). */
    public static final RecordTypes TYPES = Declarations.read(ConfigFactory.parseString("""
            record-types = [
              { name = orders, table = orders, key = id, change-time = changed, creation-time = created
                columns = [
                  { name = id, type = string, length = 64, required = true }
                  { name = a, type = integer, default = 0 }
                  { name = b, type = text, bytes = 65535 }
                  { name = c, type = integer }
                  { name = created, type = timestamp }
                  { name = changed, type = timestamp }
                ] }
              { name = events, table = events, key = number
                columns = [
                  { name = number, type = long, required = true }
                  { name = a, type = integer }
                  { name = b, type = text, bytes = 65535 }
                ] }
            ]"""));

    public static final RecordType ORDERS = TYPES.get(0);
    public static final RecordType EVENTS = TYPES.get(1);

    private final RecordType type;
    private final Map<String, String> values = new LinkedHashMap<>();
    private long change = 1;
    private long creation = RecordSlot.NO_TIME;

    private TestRecord(RecordType type, String key) {
        this.type = type;
        values.put(type.keyColumn().name(), key);
    }

    public static TestRecord of(RecordType type, String key) {
        return new TestRecord(type, key);
    }

    public static TestRecord order(String key) {
        return of(ORDERS, key);
    }

    public static TestRecord event(long number) {
        return of(EVENTS, Long.toString(number));
    }

    /** The record carries this column; a null clears it. */
    public TestRecord with(String column, String value) {
        values.put(column, value);
        return this;
    }

    public TestRecord changed(long micros) {
        change = micros;
        return this;
    }

    public TestRecord created(long micros) {
        creation = micros;
        return this;
    }

    public int bytes() {
        return values.values().stream()
                .mapToInt(value -> value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    public void fill(RecordSlot slot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int columns = type.columns().size();
        int[] spans = new int[2 * columns];
        long present = 0;
        long nulls = 0;
        for (int column = 0; column < columns; column++) {
            String name = type.columns().get(column).name();
            spans[2 * column] = bytes.size();
            if (values.containsKey(name)) {
                present |= 1L << column;
                if (values.get(name) == null) {
                    nulls |= 1L << column;
                } else {
                    bytes.writeBytes(values.get(name).getBytes(StandardCharsets.UTF_8));
                }
            }
            spans[2 * column + 1] = bytes.size();
        }
        slot.fill(type, bytes.toByteArray(), 0, bytes.size(), spans, 0, present, nulls, change, creation);
    }

    /** Puts records onto the ring as one request. Returns the first sequence, or {@link RecordRing#FULL}. */
    public static long publish(RecordRing ring, ArrivalClock clock, List<TestRecord> records) {
        long first = claim(ring, records);
        if (first != RecordRing.FULL) {
            fillAndPublish(ring, clock, first, records);
        }
        return first;
    }

    public static long publish(RecordRing ring, ArrivalClock clock, TestRecord... records) {
        return publish(ring, clock, List.of(records));
    }

    public static long claim(RecordRing ring, List<TestRecord> records) {
        return ring.tryClaim(
                records.size(), records.stream().mapToLong(TestRecord::bytes).sum());
    }

    public static void fillAndPublish(RecordRing ring, ArrivalClock clock, long first, List<TestRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            records.get(i).fill(ring.claimed(first + i, clock.nanos()));
        }
        ring.publish(first, first + records.size() - 1);
    }

    /** The text of a column's value, or null. */
    public static String value(RecordSlot slot, int column) {
        return slot.isNull(column)
                ? null
                : new String(
                        slot.values(),
                        slot.start(column),
                        slot.end(column) - slot.start(column),
                        StandardCharsets.UTF_8);
    }
}
