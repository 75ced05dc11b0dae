package dev.persistence.batch;

import dev.persistence.ring.RecordSlot;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The bytes of a record's key, as a key of a hash table. It looks into the record's slot and does not copy, so it is
 * valid until the batch is settled.
 */
final class Key implements Comparable<Key> {

    /** The order of the numbers that the bytes spell: that of the index. */
    static final Comparator<Key> NUMERIC_ORDER = Comparator.comparingLong(Key::number);

    private final byte[] source;
    private final int start;
    private final int end;
    private final int hash;

    private Key(byte[] source, int start, int end) {
        this.source = source;
        this.start = start;
        this.end = end;
        int sum = 1;
        for (int i = start; i < end; i++) {
            sum = 31 * sum + source[i];
        }
        this.hash = sum;
    }

    static Key of(RecordSlot record) {
        int column = record.type().key();
        return new Key(record.values(), record.start(column), record.end(column));
    }

    static Key of(byte[] bytes) {
        return new Key(bytes, 0, bytes.length);
    }

    /**
     * The order of the bytes. Any fixed order serves as the lock order between instances; and being comparable keeps a
     * hash table fast even for keys that were chosen to collide.
     */
    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(source, start, end, other.source, other.start, other.end);
    }

    /** The decoder wrote the digits, so they are a long; by hand, because sorting asks for it twice a comparison. */
    private long number() {
        boolean negative = source[start] == '-';
        long value = 0;
        for (int i = negative ? start + 1 : start; i < end; i++) {
            value = 10 * value + (source[i] - '0');
        }
        return negative ? -value : value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(source, start, end, key.source, key.start, key.end);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
