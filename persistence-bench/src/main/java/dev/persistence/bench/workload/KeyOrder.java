package dev.persistence.bench.workload;

/** How the keys of successive new rows lie in the index. */
public enum KeyOrder {
    /** Each key is behind all before it, as with UUIDv7 or numbers: new rows go to the end of the table. */
    ORDERED {
        @Override
        public long key(long number) {
            return number;
        }
    },
    /** Keys are spread over the whole index, as with UUIDv4: every new row goes to another place in the table. */
    RANDOM {
        /** The mixing steps of SplitMix64 (Steele, Lea, Flood 2014); each can be undone, so no two numbers share a key. */
        @Override
        public long key(long number) {
            long mixed = number + 0x9E3779B97F4A7C15L;
            mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
            return mixed ^ mixed >>> 31;
        }
    };

    /** The key of the row with this number; different for each number. */
    public abstract long key(long number);
}
