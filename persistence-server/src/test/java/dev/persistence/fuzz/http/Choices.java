package dev.persistence.fuzz.http;

import java.util.Arrays;

/** The bytes of an input as choices, one after another; the first of all where none are left. */
final class Choices {

    private final byte[] bytes;
    private int at;

    Choices(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    boolean left() {
        return at < bytes.length;
    }

    /** One of so many. */
    int next(int count) {
        return left() ? (bytes[at++] & 0xFF) % count : 0;
    }

    /** One of these. */
    @SafeVarargs
    final <T> T of(T... those) {
        return those[next(those.length)];
    }

    /** Whether it is the unusual case, one in so many. */
    boolean rarely(int oneIn) {
        return next(oneIn) == oneIn - 1;
    }

    /** As many bytes as there are, up to this many. */
    byte[] raw(int most) {
        int from = at;
        at = Math.min(bytes.length, at + most);
        return Arrays.copyOfRange(bytes, from, at);
    }
}
