package dev.persistence.bench.stations;

import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Tasks in a ring, gathered for a flush. They are put there without garbage. Owned by one thread. */
public final class GatheredTasks {

    private final RecordRing ring;
    private final RecordRing.Consumer consumer;
    private final List<TaskTemplate> templates;
    private final SplittableRandom random = new SplittableRandom(1); // the same texts in each run
    private final List<RecordSlot> records = new ArrayList<>();

    public GatheredTasks(RecordTypes types) {
        this.ring = StationRing.create(types);
        this.consumer = ring.consumer();
        this.templates = TaskTemplate.all(types);
    }

    /** Adds one task; its text is any of the body's, so that a later record of a key has another one. */
    public void add(long key, long changeMicros) {
        TaskTemplate template = templates.get(random.nextInt(templates.size()));
        long sequence = ring.tryClaim(1, template.size());
        if (sequence == RecordRing.FULL) {
            throw new IllegalStateException("the ring is full after " + records.size() + " records");
        }
        RecordSlot slot = ring.claimed(sequence, 0);
        template.fill(slot, key, changeMicros);
        ring.publish(sequence, sequence);
        records.add(slot);
    }

    /** What was added since the last {@link #clear}, in that order. */
    public List<RecordSlot> records() {
        return records;
    }

    /** Settles all records: their slots are free again. */
    public void clear() {
        records.clear();
        consumer.settle(consumer.claimed());
    }
}
