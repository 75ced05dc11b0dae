package dev.persistence.bench.start;

import java.time.Duration;

/**
 * One start.
 *
 * @param time from the start of the process to the answer that accepts the first request
 * @param cpu what the service's process had spent by then; says more than the time on a machine that others use too
 */
public record FirstRequest(Duration time, Duration cpu) {}
