package dev.persistence.tracing;

/** A request from its head to its answer, as its client's trace shows it. The connection's event loop. */
public interface RequestSpan {

    /** Of a request that nobody follows. */
    RequestSpan NONE = new RequestSpan() {
        @Override
        public boolean isRecording() {
            return false;
        }

        @Override
        public void route(String path) {}

        @Override
        public Scope enter() {
            return Scope.NONE;
        }

        @Override
        public void answered(int status, String problem) {}

        @Override
        public void end() {}
    };

    /** Whether anything that it is told is kept. */
    boolean isRecording();

    /** The request's path is one of the service's own. */
    void route(String path);

    /** The thread computes this request's answer until the scope is closed. */
    Scope enter();

    /**
     * The answer is there.
     *
     * @param problem the kind of problem (RFC 9457), or null for an answer that is none
     */
    void answered(int status, String problem);

    /** The answer is sent, or never will be. Once. */
    void end();
}
