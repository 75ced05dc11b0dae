package dev.persistence.client;

import java.util.List;

/**
 * What came of {@link PersistenceClient#writeAndWait}. Records that are neither written nor among the faults may be sent
 * again: written twice, they give the same rows.
 *
 * @param records given
 * @param written of these; committed in the database
 * @param faults of records that cannot be sent, that do not fit their declaration or that the database refused; at most the
 *     first 20 of each request
 * @param reason why not all are written; empty if they are
 */
public record WriteResult(int records, int written, List<Fault> faults, String reason) {

    /** Takes a copy of the list. */
    public WriteResult {
        faults = List.copyOf(faults);
    }

    /**
     * What is wrong with one record.
     *
     * @param index of the record among those given, from 0
     * @param detail the field, where one is to blame, and what is expected
     */
    public record Fault(int index, String detail) {}

    static WriteResult failed(int records, String reason) {
        return new WriteResult(records, 0, List.of(), reason);
    }

    /** Whether every record given is committed in the database. */
    public boolean allWritten() {
        return written == records && reason.isEmpty();
    }
}
