package dev.persistence.batch;

import java.time.Duration;

/**
 * When the buffer is written, and how much it may hold.
 *
 * @param maxBufferSize records of one type that make a flush due
 * @param flushInterval the longest that a record stays unwritten while the database keeps up
 * @param ringSize slots of the ring, a power of two
 * @param maxUnwrittenBytes bytes of all accepted, unwritten records; over it, requests are refused
 */
public record BufferSettings(int maxBufferSize, Duration flushInterval, int ringSize, long maxUnwrittenBytes) {

    public BufferSettings {
        require(maxBufferSize > 0, "buffer.max-buffer-size", maxBufferSize, "at least 1");
        require(flushInterval.toNanos() > 0, "buffer.flush-interval", flushInterval, "more than 0 seconds");
        require(Integer.bitCount(ringSize) == 1 && ringSize > 0, "buffer.ring-size", ringSize, "a power of two");
        require(maxUnwrittenBytes > 0, "buffer.max-unwritten-bytes", maxUnwrittenBytes, "at least 1");
    }

    private static void require(boolean possible, String setting, Object value, String expected) {
        if (!possible) {
            throw new IllegalArgumentException(setting + ": " + value + " (expected " + expected + ")");
        }
    }
}
