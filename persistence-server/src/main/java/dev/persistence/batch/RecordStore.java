package dev.persistence.batch;

/** Where batches go. Called by the consumer thread only, {@link #giveUp} excepted. */
public interface RecordStore {

    /**
     * Writes a batch in one transaction: all of it or none of it is visible afterwards, save for single records that
     * the database itself refuses, which are left out and reported. Failures of the database are an outcome and not an
     * exception.
     */
    WriteOutcome write(RecordBatch batch);

    /**
     * Asks that the write in progress, and every later one, ends soon, lost rather than late: the service stops and its
     * time is nearly over. Any thread; does not wait.
     */
    default void giveUp() {}

    /** Bytes of values that one statement may carry, more than 0; a batch that reaches them is due. */
    long statementBytes();
}
