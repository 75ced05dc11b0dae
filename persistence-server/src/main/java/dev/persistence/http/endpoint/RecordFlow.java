package dev.persistence.http.endpoint;

import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.FlowStatistics;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.tracing.Tracing;

/**
 * What lies behind the HTTP station: where records go, and what is known of those that went.
 *
 * @param types the declared record types, as the real tables narrow them
 * @param ring where records go
 * @param clock stamps their arrival
 * @param metrics told of every request
 * @param statistics the running totals
 * @param tracing follows requests
 */
public record RecordFlow(
        RecordTypes types,
        RecordRing ring,
        ArrivalClock clock,
        PipelineMetrics metrics,
        FlowStatistics statistics,
        Tracing tracing) {

    /** A flow that nobody follows. */
    public RecordFlow(
            RecordTypes types,
            RecordRing ring,
            ArrivalClock clock,
            PipelineMetrics metrics,
            FlowStatistics statistics) {
        this(types, ring, clock, metrics, statistics, Tracing.OFF);
    }
}
