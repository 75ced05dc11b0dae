package dev.persistence.telemetry;

/** What happens at the pool of database connections. Any thread; never blocks. */
public interface PoolMetrics {

    /** A connection was waited for {@code nanos}, and there was one. */
    void acquired(long nanos);

    /** A connection was waited for in vain. */
    void timedOut();

    /** Reports nothing; for tests and benchmarks of a single station. */
    PoolMetrics NONE = new PoolMetrics() {
        @Override
        public void acquired(long nanos) {}

        @Override
        public void timedOut() {}
    };
}
