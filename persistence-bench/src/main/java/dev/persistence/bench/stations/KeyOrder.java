package dev.persistence.bench.stations;

/** How the keys of successive new rows lie in the index. */
public enum KeyOrder {
    /** Each key is behind all before it, as with UUIDv7 or numbers. */
    ORDERED {
        @Override
        public long key(long number) {
            return number;
        }
    },
    /** Keys are spread over the whole index, as with UUIDv4. */
    RANDOM {
        @Override
        public long key(long number) {
            long mixed = number + 0x9E3779B97F4A7C15L;
            mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
            return mixed ^ mixed >>> 31; // each step can be undone, so no two numbers share a key
        }
    };

    /** The key of the row with this number, from 0; different for each number. */
    public abstract long key(long number);
}
