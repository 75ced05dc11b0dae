package dev.persistence.fault;

import java.time.Duration;

/**
 * How bytes flow in one direction of a {@link FaultProxy}.
 *
 * @param latency from coming in to going out
 * @param jitter up to which the latency grows at random; the order is kept
 * @param bytesPerSecond of each connection; 0 is no limit
 * @param stalled whether nothing goes out. What comes in is kept, up to a limit; then nothing more is read, and the
 *     sender feels the pressure
 */
public record Flow(Duration latency, Duration jitter, long bytesPerSecond, boolean stalled) {

    public static final Flow FREE = new Flow(Duration.ZERO, Duration.ZERO, 0, false);
    public static final Flow STALLED = new Flow(Duration.ZERO, Duration.ZERO, 0, true);

    public static Flow delayed(Duration latency, Duration jitter) {
        return new Flow(latency, jitter, 0, false);
    }

    public static Flow limited(long bytesPerSecond) {
        return new Flow(Duration.ZERO, Duration.ZERO, bytesPerSecond, false);
    }
}
