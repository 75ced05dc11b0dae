package dev.persistence.batch;

import java.time.Duration;

/**
 * When a flush is due, and how much may wait for one.
 *
 * @param maxBufferSize records of any one type that make a flush due
 * @param flushInterval age of the oldest unwritten record that makes a flush due
 * @param ringSize slots of the ring, a power of two
 * @param maxUnwrittenBytes budget for the values of all unwritten records
 */
public record BufferSettings(int maxBufferSize, Duration flushInterval, int ringSize, long maxUnwrittenBytes) {

    private static final int LARGEST_RING = 1 << 24;
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(365);

    public BufferSettings {
        if (maxBufferSize < 1) {
            throw new IllegalArgumentException("buffer.max-buffer-size: " + maxBufferSize + " (expected at least 1)");
        }
        if (flushInterval.isNegative() || flushInterval.isZero() || flushInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException(
                    "buffer.flush-interval: " + flushInterval + " (expected more than 0 and at most 365 days)");
        }
        if (ringSize < 1 || ringSize > LARGEST_RING || Integer.bitCount(ringSize) != 1) {
            throw new IllegalArgumentException(
                    "buffer.ring-size: " + ringSize + " (expected a power of two, at most " + LARGEST_RING + ")");
        }
        if (maxUnwrittenBytes < 1) {
            throw new IllegalArgumentException(
                    "buffer.max-unwritten-bytes: " + maxUnwrittenBytes + " (expected at least 1)");
        }
    }

    /** How often a waiting consumer looks at the clock: often enough to keep the interval within a twentieth. */
    public Duration wakeUp() {
        Duration twentieth = flushInterval.dividedBy(20);
        Duration longest = Duration.ofMillis(100);
        Duration shortest = Duration.ofMillis(1);
        return twentieth.compareTo(longest) > 0 ? longest : twentieth.compareTo(shortest) < 0 ? shortest : twentieth;
    }
}
