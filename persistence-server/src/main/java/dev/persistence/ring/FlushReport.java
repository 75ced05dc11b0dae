package dev.persistence.ring;

import java.util.List;

/**
 * What a flush request brought about.
 *
 * @param written records written, by ordinal of their type
 * @param refused records that the database refused one by one
 * @param lost records of batches that were given up whole
 * @param nanos from the request to its completion
 */
public record FlushReport(List<Long> written, long refused, long lost, long nanos) {

    public FlushReport {
        written = List.copyOf(written);
    }
}
