package dev.persistence.tracing;

/** Where flushes are followed. Writer thread. */
public interface FlushTracing {

    /** Follows none. */
    FlushTracing OFF = new FlushTracing() {
        @Override
        public FlushSpan begin(String reason, long first, long last) {
            return FlushSpan.NONE;
        }

        @Override
        public void retried() {}
    };

    /**
     * A flush begins.
     *
     * @param reason why, a label
     * @param first sequence of the first record that it takes
     * @param last sequence of the last
     */
    FlushSpan begin(String reason, long first, long last);

    /** The transaction of the flush in progress is repeated. */
    void retried();
}
