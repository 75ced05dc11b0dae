package dev.persistence.fallback;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.RecordStore;
import dev.persistence.batch.WriteOutcome;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.TestClock;
import dev.persistence.ring.TestRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Batches of real slots, and a store that answers what it is told to. */
final class Batches {

    private Batches() {}

    static RecordBatch of(TestRecord... records) {
        TestClock time = new TestClock();
        RecordRing ring = new RecordRing(64, 1 << 20, 2, 6, Duration.ofMillis(1), time.arrivals());
        TestRecord.publish(ring, time.arrivals(), records);
        List<RecordSlot> slots = new ArrayList<>();
        for (long sequence = 0; sequence < records.length; sequence++) {
            slots.add(ring.consumer().slot(sequence));
        }
        return RecordBatch.of(TestRecord.TYPES, slots);
    }

    /** Answers in turn, the last answer for ever. */
    static class ScriptedStore implements RecordStore {

        private final Deque<WriteOutcome> answers;
        int attempts;
        boolean givenUp;

        ScriptedStore(WriteOutcome... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public WriteOutcome write(RecordBatch batch) {
            attempts++;
            return answers.size() > 1 ? answers.remove() : answers.element();
        }

        @Override
        public void giveUp() {
            givenUp = true;
        }

        @Override
        public long statementBytes() {
            return 1;
        }
    }
}
