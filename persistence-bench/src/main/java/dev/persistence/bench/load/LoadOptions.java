package dev.persistence.bench.load;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How a workload is sent, and when the run ends: by the workload's end, or one of the limits, whichever comes first.
 *
 * <p><b>Closed loop</b> (no rate): each lane sends its next request when the last one is answered. A request answered
 * with 503 is sent again after {@code retryPause}, until it is accepted; the pause is the generator's own choice, in
 * place of {@code Retry-After}, which for a generator is far too long.
 *
 * <p><b>Open loop</b> (a rate): each lane has a timetable, and requests come due whether or not those before are answered.
 * One that finds its lane busy waits for it, and this wait is part of its response time, which counts from the moment it
 * was due. What is refused is counted and not sent again. After the limit of time everything is still sent that had come
 * due before.
 *
 * @param recordsPerSecond the rate of an open loop, over all lanes
 * @param maxRecords no request begins once so many records have been sent
 * @param maxTime no request begins, or comes due, later than this after the first
 * @param retryPause before a refused request is sent again in a closed loop
 */
public record LoadOptions(OptionalDouble recordsPerSecond, long maxRecords, Duration maxTime, Duration retryPause) {

    public static final Duration USUAL_RETRY_PAUSE = Duration.ofMillis(50);

    /** Longer than any run, and short enough to be counted in nanoseconds. */
    public static final Duration FOREVER = Duration.ofDays(10_000);

    public LoadOptions {
        double rate = recordsPerSecond.orElse(1);
        if (!(rate > 0 && rate <= 1e9)) {
            throw new IllegalArgumentException("rate: " + rate + " (expected records a second, more than 0)");
        }
        if (maxRecords <= 0) {
            throw new IllegalArgumentException("records: " + maxRecords + " (expected more than 0)");
        }
        if (maxTime.isNegative() || maxTime.isZero() || maxTime.compareTo(FOREVER) > 0) {
            throw new IllegalArgumentException("duration: " + maxTime + " (expected more than 0)");
        }
        if (retryPause.isNegative()) {
            throw new IllegalArgumentException("retry: " + retryPause + " (expected 0 or more)");
        }
    }

    /** As fast as requests are answered, to the workload's end, nothing left out. */
    public static LoadOptions closedLoop() {
        return new LoadOptions(OptionalDouble.empty(), Long.MAX_VALUE, FOREVER, USUAL_RETRY_PAUSE);
    }

    /** So many records a second, to the workload's end. */
    public static LoadOptions openLoop(double recordsPerSecond) {
        return new LoadOptions(OptionalDouble.of(recordsPerSecond), Long.MAX_VALUE, FOREVER, USUAL_RETRY_PAUSE);
    }

    public LoadOptions withMaxRecords(long records) {
        return new LoadOptions(recordsPerSecond, records, maxTime, retryPause);
    }

    public LoadOptions withMaxTime(Duration time) {
        return new LoadOptions(recordsPerSecond, maxRecords, time, retryPause);
    }

    public LoadOptions withRetryPause(Duration pause) {
        return new LoadOptions(recordsPerSecond, maxRecords, maxTime, pause);
    }
}
