package dev.persistence.tracing;

/** One flush. Record types go by their names. Writer thread. */
public interface FlushSpan {

    /** Of a flush that nobody follows. */
    FlushSpan NONE = new FlushSpan() {
        @Override
        public Scope enter() {
            return Scope.NONE;
        }

        @Override
        public void written(String type, int records, int rows) {}

        @Override
        public void refused(String type, int records, String reason) {}

        @Override
        public void lost(String type, int records, String reason) {}

        @Override
        public void end() {}
    };

    /** The thread writes this flush until the scope is closed. */
    Scope enter();

    /** Records whose row is committed. */
    void written(String type, int records, int rows);

    /** Records that the database refused one by one for one reason, a label that holds no user text. */
    void refused(String type, int records, String reason);

    /** Records that were given up with the batch, for a reason as above. */
    void lost(String type, int records, String reason);

    /** Nothing is said of it any more. Once. */
    void end();
}
