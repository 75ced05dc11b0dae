package dev.persistence.batch;

import dev.persistence.ring.RecordSlot;
import java.nio.charset.StandardCharsets;
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

    private long number() {
        return Long.parseLong(new String(source, start, end - start, StandardCharsets.ISO_8859_1));
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
