package dev.persistence.decode;

/** The bytes that the parser is reading, for values that are stored as they were sent. */
final class JsonSource {

    // Owned by the event loop.
    private byte[] bytes = {};
    private int start;

    /** The parser begins at {@code start}; its byte offsets count from there. */
    void set(byte[] bytes, int start) {
        this.bytes = bytes;
        this.start = start;
    }

    byte[] bytes() {
        return bytes;
    }

    int index(long parserOffset) {
        return start + Math.toIntExact(parserOffset);
    }
}
