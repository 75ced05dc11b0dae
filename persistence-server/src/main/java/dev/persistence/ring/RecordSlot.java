package dev.persistence.ring;

import dev.persistence.schema.RecordType;
import java.util.Arrays;

/**
 * One preallocated cell of the ring, holding one record. The event loop that claimed it writes it until it publishes;
 * the consumer reads it until its sequence has moved past; nobody keeps it longer.
 *
 * <p>Values are kept one behind the other in one byte array, in the text form that SQL takes: strings and JSON as UTF-8,
 * numbers as digits, booleans as 1 or 0, moments as {@code 2026-01-02 03:04:05.678901} with the digits of their column.
 * The two row times are kept as numbers instead, because merging compares them.
 */
public final class RecordSlot {

    /** In place of a moment: the record carries none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final byte[] NO_BYTES = {};

    private final int retainedBytes;

    // Owned by the claiming event loop until it publishes, then by the consumer thread.
    private final int[] ends;
    private final int[] starts;
    private byte[] values = NO_BYTES;
    private int size;
    private boolean filled;
    private RecordType type;
    private long sequence;
    private long present;
    private long nulls;
    private long changeMicros;
    private long creationMicros;
    private long arrivalNanos;

    /**
     * @param columns columns of the widest record type
     * @param retainedBytes an array of at most this size stays with the empty slot; a larger one is given back
     */
    RecordSlot(int columns, int retainedBytes) {
        this.ends = new int[columns];
        this.starts = new int[columns];
        this.retainedBytes = retainedBytes;
    }

    /**
     * Takes over one record. All arrays are copied.
     *
     * @param spans start and end of each column's value within {@code source}, two entries a column
     * @param firstSpan index in {@code spans} of the first column's start
     * @param from where the record's values start in {@code source}
     * @param length bytes of all its values
     * @param present one bit for each column the record carries, row times excepted
     * @param nulls those of the present columns that are to be NULL
     * @param changeMicros the record's time of change, UTC microseconds, cut to its column
     * @param creationMicros its own time of creation, or {@link #NO_TIME}
     */
    public void fill(
            RecordType type,
            byte[] source,
            int from,
            int length,
            int[] spans,
            int firstSpan,
            long present,
            long nulls,
            long changeMicros,
            long creationMicros) {
        if (values.length < length) {
            values = new byte[length <= retainedBytes ? retainedBytes : length];
        }
        System.arraycopy(source, from, values, 0, length);
        int columns = type.columns().size();
        for (int column = 0; column < columns; column++) {
            starts[column] = spans[firstSpan + 2 * column] - from;
            ends[column] = spans[firstSpan + 2 * column + 1] - from;
        }
        this.size = length;
        this.present = present;
        this.nulls = nulls;
        this.changeMicros = changeMicros;
        this.creationMicros = creationMicros;
        setType(type);
        this.filled = true; // last: a slot whose filling failed stays void
    }

    /** Stores no reference that is there already: the garbage collector has to look at every one that is stored. */
    @SuppressWarnings("ReferenceEquality") // the same object is meant, not an equal one
    private void setType(RecordType type) {
        if (this.type != type) {
            this.type = type;
        }
    }

    void arrive(long sequence, long arrivalNanos) {
        this.sequence = sequence;
        this.arrivalNanos = arrivalNanos;
    }

    /** Empties the slot, and gives back an array that grew large. */
    void clear() {
        filled = false;
        size = 0;
        if (values.length > retainedBytes) {
            values = NO_BYTES;
        }
    }

    /** Whether the slot was published without a record. */
    public boolean isVoid() {
        return !filled;
    }

    /** The type of its record; of no meaning if the slot is void. */
    public RecordType type() {
        return type;
    }

    /** Its place in the order of the ring, which is the order of arrival. */
    public long sequence() {
        return sequence;
    }

    /** Bytes of all its values; what it takes of the byte budget. */
    public int size() {
        return size;
    }

    /** One bit for each column the record carries (bit 0 is the first declared), row times excepted. */
    public long present() {
        return present;
    }

    public boolean isNull(int column) {
        return (nulls & 1L << column) != 0;
    }

    /** The array that holds the values; read only, and only between {@link #start} and {@link #end} of a column. */
    public byte[] values() {
        return values;
    }

    public int start(int column) {
        return starts[column];
    }

    public int end(int column) {
        return ends[column];
    }

    /** The time of change, UTC microseconds, cut to the precision of its column. */
    public long changeMicros() {
        return changeMicros;
    }

    /** The time of creation that the record carries, UTC microseconds, or {@link #NO_TIME}. */
    public long creationMicros() {
        return creationMicros;
    }

    /** When it arrived, on the clock of {@link ArrivalClock#nanos}. */
    public long arrivalNanos() {
        return arrivalNanos;
    }

    /** A copy of the key's bytes. */
    public byte[] key() {
        return Arrays.copyOfRange(values, starts[type.key()], ends[type.key()]);
    }
}
