package dev.persistence.mysql;

import com.typesafe.config.ConfigFactory;
import dev.persistence.batch.RecordBatch;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.Column;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Records in a real ring, filled as the decoder fills them. */
final class Slots {

    private final RecordTypes types;
    private final RecordRing ring;
    private final List<RecordSlot> slots = new ArrayList<>();

    Slots(RecordTypes types) {
        this.types = types;
        this.ring = new RecordRing(8192, 1L << 30, types.size(), 64, Duration.ofMillis(10), ArrivalClock.system());
    }

    static RecordTypes shipped() {
        return Declarations.read(ConfigFactory.parseResources("record-types.conf"));
    }

    static RecordTypes declared(String hocon) {
        return Declarations.read(ConfigFactory.parseString("record-types = [" + hocon + "]"));
    }

    /** One record; {@code members} are name, value, name, value …, null for NULL; row times as text. */
    RecordSlot add(String typeName, String changeTime, String... members) {
        RecordType type = types.named(typeName).orElseThrow();
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        int[] spans = new int[2 * type.columns().size()];
        long present = 0;
        long nulls = 0;
        long creation = RecordSlot.NO_TIME;
        for (int member = 0; member < members.length; member += 2) {
            int column = index(type, members[member]);
            String value = members[member + 1];
            if (column == type.creationTime()) {
                creation = micros(value);
                continue;
            }
            present |= 1L << column;
            spans[2 * column] = values.size();
            if (value == null) {
                nulls |= 1L << column;
            } else {
                values.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            }
            spans[2 * column + 1] = values.size();
        }
        long change = type.guarded() ? type.timestamp(type.changeTime()).cut(micros(changeTime)) : micros(changeTime);
        long sequence = ring.tryClaim(1, values.size());
        RecordSlot slot = ring.claimed(sequence, 0);
        slot.fill(type, values.toByteArray(), 0, values.size(), spans, 0, present, nulls, change, creation);
        ring.publish(sequence, sequence);
        slots.add(slot);
        return slot;
    }

    /** The records added since the last call, as one batch. */
    RecordBatch batch() {
        RecordBatch batch = RecordBatch.of(types, List.copyOf(slots));
        slots.clear();
        return batch;
    }

    private static int index(RecordType type, String name) {
        for (int column = 0; column < type.columns().size(); column++) {
            Column declared = type.columns().get(column);
            if (declared.name().equals(name)) {
                return column;
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** {@code 2026-01-02 03:04:05.678901} */
    static long micros(String time) {
        return ChronoUnit.MICROS.between(
                LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), LocalDateTime.parse(time.replace(' ', 'T')));
    }
}
