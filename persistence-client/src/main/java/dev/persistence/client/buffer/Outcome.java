package dev.persistence.client.buffer;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param sent records that the service took
 * @param drops what became of all others
 */
public record Outcome(long sent, List<Drop> drops) {

    /** Takes a copy of the list. */
    public Outcome {
        drops = List.copyOf(drops);
    }

    /** The service took all. */
    public static Outcome sent(Batch batch) {
        return new Outcome(batch.size(), List.of());
    }

    /** All are given up for one reason. */
    public static Outcome dropped(Drop drop) {
        return new Outcome(0, List.of(drop));
    }

    long records() {
        return sent + drops.stream().mapToLong(Drop::records).sum();
    }
}
