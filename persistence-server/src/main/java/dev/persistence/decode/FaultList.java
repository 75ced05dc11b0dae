package dev.persistence.decode;

import java.util.ArrayList;
import java.util.List;

/** The faults of one request: the first few by name, the rest by number. Owned by the event loop. */
final class FaultList {

    private final List<Fault> named = new ArrayList<>();
    private int count;

    void add(String pointer, String detail) {
        count++;
        if (named.size() < DecodeResult.Invalid.NAMED_FAULTS) {
            named.add(new Fault(pointer, detail));
        }
    }

    void clear() {
        named.clear();
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    DecodeResult.Invalid result() {
        return new DecodeResult.Invalid(named, count);
    }
}
