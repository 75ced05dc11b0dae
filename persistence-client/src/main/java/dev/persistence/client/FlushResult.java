package dev.persistence.client;

import java.util.Map;

/**
 * What came of {@link PersistenceClient#flush()}.
 *
 * @param flushed whether the service said that everything accepted before is in the database, or was refused by it
 * @param written records that this flush took to the database, of all clients, by type
 * @param failed records that the database refused one by one
 * @param lost records that were lost with their batch: the database could not be reached
 * @param dropped records of this client that were dropped while the flush waited for them to be sent
 * @param reason why it did not come to the end; empty if it did
 */
public record FlushResult(
        boolean flushed, Map<String, Long> written, long failed, long lost, long dropped, String reason) {

    /** Takes a copy of the map. */
    public FlushResult {
        written = Map.copyOf(written);
    }

    static FlushResult failed(long dropped, String reason) {
        return new FlushResult(false, Map.of(), 0, 0, dropped, reason);
    }

    /** Whether nothing at all was dropped, refused or lost. */
    public boolean complete() {
        return flushed && failed == 0 && lost == 0 && dropped == 0;
    }
}
