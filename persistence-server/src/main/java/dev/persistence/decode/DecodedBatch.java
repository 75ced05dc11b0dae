package dev.persistence.decode;

import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.Mark;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordType;
import dev.persistence.telemetry.PipelineMetrics;
import java.util.Arrays;

/**
 * The records of one well-formed request, not yet on the ring. One object serves all requests of an event loop, one
 * after another: its content is valid until the next call of the decoder, and only on that event loop.
 */
public final class DecodedBatch implements DecodeResult {

    private static final int KEPT_BYTES = 1 << 20;

    /** Beyond the size of the body: room for the longest usual text at three bytes a character. */
    private static final int SLACK_BYTES = 1 << 18;

    // All owned by the event loop.
    private RecordType type;
    private byte[] values = new byte[16 * 1024];
    private int size;
    private int records;
    private int unknownFields;
    private int[] spans = new int[0];
    private int[] recordStarts = new int[65];
    private long[] present = new long[64];
    private long[] nulls = new long[64];
    private long[] changeMicros = new long[64];
    private long[] creationMicros = new long[64];

    DecodedBatch() {}

    public int records() {
        return records;
    }

    /** Bytes of all values: what the batch takes of the ring's budget. */
    public int bytes() {
        return size;
    }

    public int unknownFields() {
        return unknownFields;
    }

    /**
     * Puts all records onto the ring, or none where there is no room for all.
     *
     * @return whether they are on the ring
     */
    public boolean publish(RecordRing ring, ArrivalClock clock, PipelineMetrics metrics) {
        if (records == 0) {
            return true;
        }
        long first = ring.tryClaim(records, size);
        if (first != RecordRing.FULL) {
            fillAndPublish(ring, clock, metrics, first);
        }
        shrink();
        return first != RecordRing.FULL;
    }

    /**
     * Like {@link #publish}, and asks for the records to be written soon. There must be at least one.
     *
     * @return what to wait for, or null where there is no room
     */
    public Mark.Written publishMarked(RecordRing ring, ArrivalClock clock, PipelineMetrics metrics) {
        long first = ring.tryClaim(records, size);
        if (first == RecordRing.FULL) {
            shrink();
            return null;
        }
        // Before they are published: afterwards a flush that is already due could settle them unseen.
        Mark.Written mark = ring.markWritten(first, first + records - 1);
        fillAndPublish(ring, clock, metrics, first);
        shrink();
        return mark;
    }

    private void fillAndPublish(RecordRing ring, ArrivalClock clock, PipelineMetrics metrics, long first) {
        long arrivalMicros = clock.micros();
        long arrivalNanos = clock.nanos();
        long last = first + records - 1;
        boolean filled = false;
        try {
            for (int record = 0; record < records; record++) {
                fill(ring.claimed(first + record, arrivalNanos), record, arrivalMicros);
            }
            metrics.accepted(type.ordinal(), records);
            filled = true;
        } finally {
            if (!filled) {
                ring.discard(first, last, size); // all or nothing
            }
        }
        ring.publish(first, last);
    }

    private void fill(RecordSlot slot, int record, long arrivalMicros) {
        long change = changeMicros[record];
        if (change == RecordSlot.NO_TIME) {
            change = type.guarded() ? type.timestamp(type.changeTime()).cut(arrivalMicros) : arrivalMicros;
        }
        slot.fill(
                type,
                values,
                recordStarts[record],
                recordStarts[record + 1] - recordStarts[record],
                spans,
                record * 2 * type.columns().size(),
                present[record],
                nulls[record],
                change,
                creationMicros[record]);
    }

    /** Empties it for the records of a new request; values rarely take more than the body they stand in. */
    void begin(RecordType newType, int bodyBytes) {
        type = newType;
        unknownFields = 0;
        if (values.length < bodyBytes) {
            values = new byte[bodyBytes + SLACK_BYTES];
        }
        restart();
    }

    /** Gives back an array that a large request needed; the values are gone with it. */
    void shrink() {
        if (values.length > KEPT_BYTES) {
            values = new byte[KEPT_BYTES];
        }
    }

    /** Forgets the records taken so far: a later member of the same name counts in their place. */
    void restart() {
        size = 0;
        records = 0;
    }

    void countUnknownField() {
        unknownFields++;
    }

    /** Makes room for one more record; its values follow. */
    void beginRecord() {
        if (records == present.length) {
            int capacity = 2 * records;
            present = Arrays.copyOf(present, capacity);
            nulls = Arrays.copyOf(nulls, capacity);
            changeMicros = Arrays.copyOf(changeMicros, capacity);
            creationMicros = Arrays.copyOf(creationMicros, capacity);
            recordStarts = Arrays.copyOf(recordStarts, capacity + 1);
        }
        int width = 2 * type.columns().size();
        int end = (records + 1) * width;
        if (spans.length < end) {
            spans = Arrays.copyOf(spans, Math.max(end, 2 * spans.length));
        }
        Arrays.fill(spans, end - width, end, size);
        present[records] = 0;
        nulls[records] = 0;
        changeMicros[records] = RecordSlot.NO_TIME;
        creationMicros[records] = RecordSlot.NO_TIME;
        recordStarts[records] = size;
    }

    void endRecord() {
        records++;
        recordStarts[records] = size;
    }

    /** The array that values are written to, with room for {@code more} bytes behind {@link #bytes}. */
    byte[] reserve(int more) {
        if (values.length - size < more) {
            values = Arrays.copyOf(values, Math.max(size + more, values.length + Math.min(values.length, KEPT_BYTES)));
        }
        return values;
    }

    /** The column's value is the {@code length} bytes written behind {@link #bytes}. */
    void endValue(int column, int length) {
        int span = (records * type.columns().size() + column) * 2;
        spans[span] = size;
        size += length;
        spans[span + 1] = size;
        present[records] |= 1L << column;
        nulls[records] &= ~(1L << column);
    }

    /** The column's value is the number {@code unscaled} / 10^{@code scale}, in plain digits. */
    void endNumber(int column, long unscaled, int scale) {
        int digits = Math.max(digits(unscaled), scale + 1); // a zero before the point at least
        int length = digits + (scale > 0 ? 1 : 0) + (unscaled < 0 ? 1 : 0);
        byte[] target = reserve(length);
        int at = size + length;
        long rest = unscaled;
        for (int digit = 0; digit < digits; digit++) {
            if (digit == scale && scale > 0) {
                target[--at] = '.';
            }
            target[--at] = (byte) ('0' + Math.abs(rest % 10)); // not of the number: the smallest has no opposite
            rest /= 10;
        }
        if (unscaled < 0) {
            target[--at] = '-';
        }
        endValue(column, length);
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** The column's value is a text that is all ASCII. */
    void endAscii(int column, String text) {
        byte[] target = reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            target[size + i] = (byte) text.charAt(i);
        }
        endValue(column, text.length());
    }

    /** The columns carried by the record that is being read, as bits. */
    long presentSoFar() {
        return present[records];
    }

    void setNull(int column) {
        present[records] |= 1L << column;
        nulls[records] |= 1L << column;
    }

    void setChangeMicros(long micros) {
        changeMicros[records] = micros;
    }

    void setCreationMicros(long micros) {
        creationMicros[records] = micros;
    }
}
