package dev.persistence.telemetry.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * All flushes so far.
 *
 * @param records that they took from the ring
 * @param nanos that they took together
 * @param day of the last of them, in UTC
 * @param today how many there were on that day
 * @param last when it ended; null before the first
 */
record FlushTotals(long count, long records, long nanos, LocalDate day, long today, Instant last) {

    static final FlushTotals NONE = new FlushTotals(0, 0, 0, LocalDate.EPOCH, 0, null);

    FlushTotals plus(int moreRecords, long moreNanos, Instant now) {
        return new FlushTotals(count + 1, records + moreRecords, nanos + moreNanos, day(now), on(now) + 1, now);
    }

    /** How many there were on the day of this moment, where it is the last one's or later. */
    long on(Instant now) {
        return day(now).equals(day) ? today : 0;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
