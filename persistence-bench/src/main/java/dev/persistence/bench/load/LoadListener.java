package dev.persistence.bench.load;

/** Learns how a run goes on. */
@FunctionalInterface
public interface LoadListener {

    LoadListener NONE = now -> {};

    /** Called after every slice of {@link LoadResult.Slice#NANOS}, by the generator's only thread: it must return at once. */
    void progressed(Progress now);

    /**
     * How far a run is.
     *
     * @param nanos since its begin
     * @param acceptedRecords records of all accepted requests
     * @param refusedRequests answers other than an acceptance
     */
    record Progress(long nanos, long acceptedRecords, long refusedRequests) {}
}
