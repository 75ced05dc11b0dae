package dev.persistence.ring;

import java.util.List;

/**
 * What became of the records of one {@code ack=written} request.
 *
 * @param first sequence of the request's first record
 * @param written records whose row is committed
 * @param refusals records that the database refused one by one, in ring order
 * @param lost records of batches that were given up whole
 */
public record WrittenReport(long first, int written, List<Refusal> refusals, int lost) {

    public WrittenReport {
        refusals = List.copyOf(refusals);
    }
}
