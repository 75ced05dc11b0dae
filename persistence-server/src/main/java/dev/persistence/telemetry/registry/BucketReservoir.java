package dev.persistence.telemetry.registry;

import com.codahale.metrics.Reservoir;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts values in fixed buckets, with their exact sum, least and greatest, since the start. Several threads count in
 * stripes of their own, so that they do not wait for each other's cache lines; nothing locks or allocates.
 */
final class BucketReservoir implements Reservoir {

    private static final int MOST_STRIPES = 8;

    private final Buckets buckets;
    private final AtomicLongArray[] stripes; // the counts, then sum, least and greatest
    private final int sum;
    private final int least;
    private final int greatest;

    BucketReservoir(Buckets buckets) {
        this.buckets = buckets;
        this.sum = buckets.count();
        this.least = sum + 1;
        this.greatest = sum + 2;
        int processors = Math.min(MOST_STRIPES, Runtime.getRuntime().availableProcessors());
        this.stripes = new AtomicLongArray[Integer.highestOneBit(2 * processors - 1)];
        for (int stripe = 0; stripe < stripes.length; stripe++) {
            stripes[stripe] = new AtomicLongArray(greatest + 1);
            stripes[stripe].set(least, Long.MAX_VALUE);
        }
    }

    @Override
    public void update(long value) {
        AtomicLongArray stripe = stripes[(int) Thread.currentThread().getId() & (stripes.length - 1)];
        stripe.getAndIncrement(buckets.indexOf(value));
        stripe.getAndAdd(sum, value);
        for (long seen = stripe.get(least); value < seen; seen = stripe.get(least)) {
            stripe.compareAndSet(least, seen, value);
        }
        for (long seen = stripe.get(greatest); value > seen; seen = stripe.get(greatest)) {
            stripe.compareAndSet(greatest, seen, value);
        }
    }

    @Override
    public BucketSnapshot getSnapshot() {
        long[] counts = new long[buckets.count()];
        long total = 0;
        long min = Long.MAX_VALUE;
        long max = 0;
        for (AtomicLongArray stripe : stripes) {
            for (int index = 0; index < counts.length; index++) {
                counts[index] += stripe.get(index);
            }
            total += stripe.get(sum);
            min = Math.min(min, stripe.get(least));
            max = Math.max(max, stripe.get(greatest));
        }
        return new BucketSnapshot(buckets, counts, total, min == Long.MAX_VALUE ? 0 : min, max);
    }

    @Override
    public int size() {
        return getSnapshot().size();
    }
}
