package dev.persistence.ring;

import java.util.List;

/**
 * What became of one range of the ring, all of which was written in one transaction or given up together.
 *
 * @param first sequence of its first record
 * @param last sequence of its last record
 * @param written records whose row is committed, by ordinal of their type
 * @param refusals records that the database refused one by one
 * @param lost records given up with the whole batch; then nothing was written
 */
public record Settled(long first, long last, List<Long> written, List<Refusal> refusals, long lost) {

    public Settled {
        written = List.copyOf(written);
        refusals = List.copyOf(refusals);
    }
}
