package dev.persistence.client.buffer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records in the order of their arrival, by type. Guarded by the buffer's lock. */
final class WaitingRecords {

    private final Map<String, Deque<Waiting>> byType = new LinkedHashMap<>();
    private int records;
    private long bytes;

    /** One record, with its place among all that came and the tick of its arrival. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Waiting(String type, byte[] json, long sequence, long arrival) {}

    void add(Waiting record) {
        byType.computeIfAbsent(record.type(), none -> new ArrayDeque<>()).add(record);
        records++;
        bytes += record.json().length;
    }

    int records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    /** The one that came first, or null if none waits. */
    Waiting oldest() {
        Waiting oldest = null;
        for (Deque<Waiting> queue : byType.values()) {
            if (oldest == null || queue.getFirst().sequence() < oldest.sequence()) {
                oldest = queue.getFirst();
            }
        }
        return oldest;
    }

    Waiting removeOldest() {
        return remove(oldest().type());
    }

    /** Takes the oldest record and those of its type that follow, up to a number and up to a size of all but the first. */
    Batch remove(int maxRecords, long maxBytes) {
        Waiting first = oldest();
        List<byte[]> taken = new ArrayList<>();
        long size = 0;
        do {
            Waiting next = remove(first.type());
            taken.add(next.json());
            size += next.json().length;
        } while (taken.size() < maxRecords
                && byType.containsKey(first.type())
                && size + byType.get(first.type()).getFirst().json().length <= maxBytes);
        return new Batch(first.type(), first.sequence(), taken);
    }

    private Waiting remove(String type) {
        Deque<Waiting> queue = byType.get(type);
        Waiting first = queue.removeFirst();
        if (queue.isEmpty()) {
            byType.remove(type);
        }
        records--;
        bytes -= first.json().length;
        return first;
    }
}
