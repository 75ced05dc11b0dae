package dev.persistence.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When those who find no room are told to come again. */
class DrainRateTest {

    private static final long SECOND = 1_000_000_000;

    private final DrainRate drain = new DrainRate();
    private long now = -17; // the origin of such a clock is arbitrary

    @Test
    void nothingMeasured_isOneSecond() {
        assertEquals(1, seconds(1000, 1000));
    }

    @Test
    void fastDatabase_isOneSecond() {
        flush(SECOND / 15, 1000, 400_000);
        assertEquals(1, seconds(100, 0));
    }

    @Test
    void slowDatabase_isWhatTheLackingRecordsTake() {
        flush(10 * SECOND, 1000, 400_000);
        assertEquals(5, seconds(450, 0));
    }

    @Test
    void lackingBytes_countLikeLackingRecords() {
        flush(10 * SECOND, 1000, 400_000);
        assertEquals(8, seconds(450, 300_000));
    }

    @Test
    void longestWait_isAMinute() {
        flush(10 * SECOND, 10, 400_000);
        assertEquals(60, seconds(1000, 0));
    }

    @Test
    void flushInProgress_isAwaitedToItsExpectedEnd() {
        flush(10 * SECOND, 1000, 400_000);
        drain.flushBegins(now);
        now += 3 * SECOND;
        assertEquals(7, seconds(1, 0));
    }

    @Test
    void flushThatHangs_isAwaitedLongerAndLonger() {
        flush(SECOND / 10, 1000, 400_000);
        drain.flushBegins(now);
        now += 4 * SECOND;
        assertEquals(4, seconds(1, 0));
        now += 8 * SECOND;
        assertEquals(12, seconds(1, 0));
        now += 800 * SECOND;
        assertEquals(60, seconds(1, 0));
    }

    @Test
    void firstFlushThatHangs_isAwaitedToo() {
        drain.flushBegins(now);
        now += 5 * SECOND;
        assertEquals(5, seconds(1, 0));
    }

    @Test
    void timeBetweenFlushes_isNotTheDatabases() {
        flush(SECOND / 10, 1000, 400_000);
        now += 3600 * SECOND;
        assertEquals(1, seconds(1000, 0));
    }

    @Test
    void slotsThatNoFlushFreed_sayNothing() {
        flush(10 * SECOND, 1000, 400_000);
        now += SECOND;
        drain.freed(1_000_000, 0, now);
        assertEquals(5, seconds(450, 0));
    }

    @Test
    void pace_followsTheDatabase() {
        for (int flush = 0; flush < 100; flush++) {
            flush(SECOND / 10, 1000, 400_000);
        }
        assertEquals(1, seconds(1000, 0));
        flush(10 * SECOND, 1000, 400_000);
        assertTrue(seconds(1000, 0) >= 9, "a slow flush outweighs the fast ones before it");
        for (int flush = 0; flush < 100; flush++) {
            flush(SECOND / 10, 1000, 400_000);
        }
        assertEquals(1, seconds(1000, 0));
    }

    @Test
    void smallFlushes_doNotHideWhatALargeOneTakes() {
        for (int flush = 0; flush < 1000; flush++) {
            flush(SECOND / 500, 1, 400); // each waits for its commit
        }
        flush(SECOND / 3, 5000, 2_000_000);
        assertTrue(seconds(10_000, 0) <= 10);
    }

    private void flush(long nanos, long records, long bytes) {
        drain.flushBegins(now);
        now += nanos;
        drain.freed(records, bytes, now);
    }

    private int seconds(long records, long bytes) {
        return drain.secondsUntilFreed(records, bytes, now);
    }
}
