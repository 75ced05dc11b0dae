package dev.persistence.bench.load;

/**
 * How far a run is.
 *
 * @param nanos since its begin
 * @param acceptedRecords records of all accepted requests
 * @param refusedRequests answers other than an acceptance
 */
public record LoadProgress(long nanos, long acceptedRecords, long refusedRequests) {}
