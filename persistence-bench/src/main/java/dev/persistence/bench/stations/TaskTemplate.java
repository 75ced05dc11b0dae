package dev.persistence.bench.stations;

import dev.persistence.decode.BatchDecoder;
import dev.persistence.decode.BodyFormat;
import dev.persistence.decode.DecodedBatch;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.PipelineMetrics;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * One decoded task, to be put into slots of a ring again and again, under other keys and times, without any garbage that
 * the allocation figures of a benchmark would show. Owned by one thread.
 */
public final class TaskTemplate {

    private static final int KEY_DIGITS = 16;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final RecordType type;
    private final int[] spans;
    private final long present;
    private final long nulls;
    private final long creationMicros;
    private final long changeMicros;
    private final byte[] values; // changed by each fill with a key; of the owning thread

    private TaskTemplate(RecordSlot slot) {
        int columns = slot.type().columns().size();
        int[] ends = new int[2 * columns];
        long absent = 0;
        for (int column = 0; column < columns; column++) {
            ends[2 * column] = slot.start(column);
            ends[2 * column + 1] = slot.end(column);
            absent |= slot.isNull(column) ? 1L << column : 0;
        }
        this.type = slot.type();
        this.spans = ends;
        this.present = slot.present();
        this.nulls = absent;
        this.creationMicros = slot.creationMicros();
        this.changeMicros = slot.changeMicros();
        this.values = Arrays.copyOf(slot.values(), slot.size());
    }

    /** The tasks of {@link TaskBodies#json()}, as the decoder leaves them in the slots. */
    public static List<TaskTemplate> all(RecordTypes types) {
        RecordRing ring = StationRing.create(types);
        byte[] body = TaskBodies.json();
        RecordType tasks = types.named("tasks").orElseThrow();
        BatchDecoder decoder = new BatchDecoder(types, ZoneOffset.UTC, TaskBodies.RECORDS);
        if (decoder.decode(tasks, BodyFormat.JSON, body, 0, body.length) instanceof DecodedBatch batch
                && batch.publish(ring, ArrivalClock.system(), PipelineMetrics.NONE)) {
            RecordRing.Consumer consumer = ring.consumer();
            return LongStream.rangeClosed(0, consumer.claimed())
                    .mapToObj(sequence -> new TaskTemplate(consumer.slot(sequence)))
                    .toList();
        }
        throw new IllegalStateException("the body of the benchmarks was refused");
    }

    /** Bytes of all its values. */
    public int size() {
        return values.length;
    }

    /** The time of change it was decoded with, UTC microseconds. */
    public long changeMicros() {
        return changeMicros;
    }

    /** Fills a claimed slot with the task as it was decoded, or under the key it was given last. */
    public void fill(RecordSlot slot) {
        fill(slot, changeMicros);
    }

    /** Fills a claimed slot with the task under another key and time of change; keys have the order of the numbers. */
    public void fill(RecordSlot slot, long key, long newChangeMicros) {
        int start = spans[2 * type.key()];
        for (int digit = 0; digit < KEY_DIGITS; digit++) {
            values[start + digit] = HEX[(int) (key >>> (4 * (KEY_DIGITS - 1 - digit))) & 0xF];
        }
        fill(slot, newChangeMicros);
    }

    private void fill(RecordSlot slot, long micros) {
        slot.fill(type, values, 0, values.length, spans, 0, present, nulls, micros, creationMicros);
    }
}
