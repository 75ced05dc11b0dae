package dev.persistence.telemetry;

/**
 * What happens to records between their arrival and their row. Record types are named by their ordinal, in the order of
 * declaration. For each type at any moment:
 *
 * <pre>
 * accepted = written + refused + lost + in memory
 * written  = rows + merged
 * </pre>
 *
 * <p>Methods may be called from any thread and never block.
 */
public interface PipelineMetrics {

    /** A batch request was decoded, well or badly; {@code nanos} is what the decoding took. */
    void decoded(long nanos, int unknownFields);

    /** Records went onto the ring. Called before they are visible to the consumer, so that no sum is ever negative. */
    void accepted(int type, int records);

    /** Written records that shared the row of another record of their key. */
    void merged(int type, int records);

    /** Records whose row is committed. */
    void written(int type, int records);

    /** Records that the database itself refused, one by one. */
    void refused(int type, int records, RefusalReason reason);

    /** Records of a batch that was given up whole. */
    void lost(int type, int records, LossReason reason);

    /** Lost or refused records that are kept in a dead-letter file; they are counted as lost or refused as well. */
    void deadLettered(int type, int records);

    /** A transaction was repeated after a deadlock or a lock-wait time-out. */
    void retried();

    /**
     * A flush ended, committed or not.
     *
     * @param reason why it began
     * @param records records it took from the ring
     * @param rows rows it wrote, zero if nothing was committed
     * @param nanos from its start to its end
     */
    void flushed(FlushReason reason, int records, int rows, long nanos);

    /** The batch of a flush was lost; its records are counted as lost as well. */
    void flushFailed(LossReason reason);

    /** A commit was answered by the database after {@code nanos}. */
    void committed(long nanos);

    /** A request was answered. */
    void answered(String route, int status, long nanos);

    /** Reports nothing; for tests and benchmarks of a single station. */
    PipelineMetrics NONE = new PipelineMetrics() {
        @Override
        public void decoded(long nanos, int unknownFields) {}

        @Override
        public void accepted(int type, int records) {}

        @Override
        public void merged(int type, int records) {}

        @Override
        public void written(int type, int records) {}

        @Override
        public void refused(int type, int records, RefusalReason reason) {}

        @Override
        public void lost(int type, int records, LossReason reason) {}

        @Override
        public void deadLettered(int type, int records) {}

        @Override
        public void retried() {}

        @Override
        public void flushed(FlushReason reason, int records, int rows, long nanos) {}

        @Override
        public void flushFailed(LossReason reason) {}

        @Override
        public void committed(long nanos) {}

        @Override
        public void answered(String route, int status, long nanos) {}
    };
}
