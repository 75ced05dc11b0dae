package dev.persistence.tracing;

/**
 * Follows requests and flushes. The spans of requests belong to their clients' traces; a flush, which carries the records
 * of many, has a trace of its own that is linked to theirs. None of its methods waits.
 */
public interface Tracing extends AutoCloseable {

    /** Follows nothing, at no cost. */
    Tracing OFF = new Tracing() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public RequestSpan request(String method, boolean secure, RequestHeaders headers) {
            return RequestSpan.NONE;
        }

        @Override
        public void carries(long first, long last) {}

        @Override
        public FlushTracing flushes(TracedDatabase database) {
            return FlushTracing.OFF;
        }

        @Override
        public void close() {}
    };

    /** Whether anything is followed; to be asked before anything is gathered for a span's sake. Any thread. */
    boolean isOn();

    /**
     * A request's head is complete. Event loops.
     *
     * @param secure whether it came by TLS
     */
    RequestSpan request(String method, boolean secure, RequestHeaders headers);

    /**
     * The request whose scope this thread is in puts these records onto the ring. Called before the writer can see them, so
     * that no flush ends unlinked. Event loops.
     *
     * @param first sequence of its first record
     * @param last sequence of its last
     */
    void carries(long first, long last);

    /** Follows the flushes to a database. */
    FlushTracing flushes(TracedDatabase database);

    /** Sends what is left, for a few seconds at most. */
    @Override
    void close();
}
