package dev.persistence.telemetry.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BucketsTest {

    private static long[] only(Buckets buckets, long value) {
        long[] counts = new long[buckets.count()];
        counts[buckets.indexOf(value)] = 1;
        return buckets.published(counts);
    }

    private static double bound(Buckets buckets, long value) {
        long[] counts = only(buckets, value);
        int bucket = 0;
        while (counts[bucket] == 0) {
            bucket++;
        }
        return buckets.bounds().get(bucket);
    }

    @Test
    void bounds_areInclusive() {
        for (double bound : Buckets.TIMES.bounds().subList(0, 18)) {
            long nanos = Math.round(bound * 1e9);
            assertEquals(bound, bound(Buckets.TIMES, nanos));
            assertTrue(bound(Buckets.TIMES, nanos + 1) > bound);
        }
    }

    @Test
    void tenMilliseconds_areABound() { // the alert on response times compares with it
        assertTrue(Buckets.TIMES.bounds().contains(0.01));
    }

    @Test
    void everyValue_hasABucket() {
        assertEquals(0.0001, bound(Buckets.TIMES, 0));
        assertEquals(0.0001, bound(Buckets.TIMES, -1));
        assertEquals(Double.POSITIVE_INFINITY, bound(Buckets.TIMES, Long.MAX_VALUE));
        assertEquals(1, bound(Buckets.COUNTS, 0));
        assertEquals(2, bound(Buckets.COUNTS, 2));
        assertEquals(5, bound(Buckets.COUNTS, 3));
        assertEquals(10_000, bound(Buckets.COUNTS, 10_000));
        assertEquals(Double.POSITIVE_INFINITY, bound(Buckets.COUNTS, 10_001));
    }

    @Test
    void finerBuckets_areNoWiderThanAnEighth() {
        for (int index = 1; index < Buckets.TIMES.count() - 1; index++) {
            double ratio = (double) Buckets.TIMES.limit(index) / Buckets.TIMES.limit(index - 1);
            assertTrue(ratio > 1 && ratio <= 1.125, "ratio " + ratio + " at " + Buckets.TIMES.limit(index));
        }
    }

    @Test
    void index_isTheFirstBucketThatTakesTheValue() {
        for (long value = 1; value < 70_000_000_000L; value = value * 21 / 20 + 1) {
            int index = Buckets.TIMES.indexOf(value);
            assertTrue(value <= Buckets.TIMES.limit(index), "too low for " + value);
            assertTrue(index == 0 || value > Buckets.TIMES.limit(index - 1), "too high for " + value);
        }
    }
}
