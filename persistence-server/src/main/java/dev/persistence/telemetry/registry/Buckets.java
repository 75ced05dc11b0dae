package dev.persistence.telemetry.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fixed buckets of a distribution: few that are published, and within them some that are finer, for quantiles.
 * Immutable.
 */
final class Buckets {

    /** Times in nanoseconds, published in seconds from 100 µs to 60 s. */
    static final Buckets TIMES = new Buckets(
            1e9, 1_000, // what is shorter than a microsecond is told from nothing else
            0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);

    /** Counts from 1 to 10,000. */
    static final Buckets COUNTS = new Buckets(1, 1, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000);

    /** Neighbours of the finer ones differ by so much: no quantile is further off than that. */
    private static final double FINE = 1.12;

    private final List<Double> bounds; // published, the last is infinite
    private final double unit;
    private final long[] limits; // of the finer ones, inclusive; the last takes everything
    private final int[] published; // by the index of a finer one
    private final int[] firstByBits; // by the number of bits of a value: the lowest bucket that it may fall into

    /**
     * Divides the published buckets.
     *
     * @param unit how many recorded units make a published one
     * @param least where the finer ones begin
     */
    private Buckets(double unit, long least, double... bounds) {
        this.unit = unit;
        this.bounds = new ArrayList<>(Arrays.stream(bounds).boxed().toList());
        this.bounds.add(Double.POSITIVE_INFINITY);
        List<Long> fine = new ArrayList<>();
        List<Integer> owner = new ArrayList<>();
        long lower = least;
        for (int bound = 0; bound < bounds.length; bound++) {
            long upper = Math.round(bounds[bound] * unit);
            for (long limit = lower; limit < upper; limit = Math.max(limit + 1, Math.round(limit * FINE))) {
                if (fine.isEmpty() || limit > fine.get(fine.size() - 1)) {
                    fine.add(limit);
                    owner.add(bound);
                }
            }
            fine.add(upper);
            owner.add(bound);
            lower = upper;
        }
        fine.add(Long.MAX_VALUE);
        owner.add(bounds.length);
        this.limits = fine.stream().mapToLong(Long::longValue).toArray();
        this.published = owner.stream().mapToInt(Integer::intValue).toArray();
        this.firstByBits = firstByBits(limits);
    }

    private static int[] firstByBits(long[] limits) {
        int[] first = new int[Long.SIZE];
        for (int bits = 0; bits < Long.SIZE; bits++) {
            long smallest = bits == 0 ? 0 : 1L << (bits - 1);
            int index = 0;
            while (limits[index] < smallest) {
                index++;
            }
            first[bits] = index;
        }
        return first;
    }

    /** How many finer buckets there are. */
    int count() {
        return limits.length;
    }

    /** The finer bucket of a value; what is below zero counts as zero. */
    int indexOf(long value) {
        long counted = Math.max(0, value);
        int index = firstByBits[Long.SIZE - Long.numberOfLeadingZeros(counted)];
        while (limits[index] < counted) {
            index++;
        }
        return index;
    }

    /** The largest value of a finer bucket. */
    long limit(int index) {
        return limits[index];
    }

    /** Upper bounds as they are published; the last is infinite. */
    List<Double> bounds() {
        return List.copyOf(bounds);
    }

    /** What is recorded, as it is published. */
    double published(long recorded) {
        return recorded / unit;
    }

    /** Sums the finer buckets of each published one. */
    long[] published(long[] counts) {
        long[] sums = new long[bounds.size()];
        for (int index = 0; index < counts.length; index++) {
            sums[published[index]] += counts[index];
        }
        return sums;
    }
}
