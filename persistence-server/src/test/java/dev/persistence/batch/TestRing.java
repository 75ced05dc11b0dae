package dev.persistence.batch;

import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.TestClock;
import dev.persistence.ring.TestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Slots of a real ring, filled and published, for tests that need no consumer. */
final class TestRing {

    private TestRing() {}

    static List<RecordSlot> slots(List<TestRecord> records) {
        TestClock time = new TestClock();
        int size = Math.max(1, Integer.highestOneBit(Math.max(1, records.size())) * 2);
        RecordRing ring = new RecordRing(size, 1 << 30, 2, 6, Duration.ofMillis(1), time.arrivals());
        if (!records.isEmpty()) {
            TestRecord.publish(ring, time.arrivals(), records);
        }
        List<RecordSlot> slots = new ArrayList<>();
        for (long sequence = 0; sequence < records.size(); sequence++) {
            slots.add(ring.consumer().slot(sequence));
        }
        return slots;
    }
}
