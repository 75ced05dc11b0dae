package dev.persistence.telemetry.registry;

import com.codahale.metrics.Snapshot;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A distribution at one moment. Sum, least and greatest are exact; quantiles are interpolated within a bucket. Immutable. */
public final class BucketSnapshot extends Snapshot {

    private final Buckets buckets;
    private final long[] counts;
    private final long count;
    private final long sum;
    private final long min;
    private final long max;

    BucketSnapshot(Buckets buckets, long[] counts, long sum, long min, long max) {
        this.buckets = buckets;
        this.counts = counts;
        this.count = Arrays.stream(counts).sum();
        this.sum = sum;
        this.min = min;
        this.max = max;
    }

    /** Upper bounds of the published buckets, in seconds where times are counted; the last is infinite. */
    public List<Double> bounds() {
        return buckets.bounds();
    }

    /** How many values fell into each published bucket, and into no lower one. */
    public long[] counts() {
        return buckets.published(counts);
    }

    /** The sum of all values, in seconds where times are counted. */
    public double sum() {
        return buckets.published(sum);
    }

    @Override
    public double getValue(double quantile) {
        double rank = quantile * count;
        long below = 0;
        for (int index = 0; index < counts.length; index++) {
            if (counts[index] > 0 && below + counts[index] >= rank) {
                double part = Math.max(0, rank - below) / counts[index];
                long lower = Math.max(min, index == 0 ? 0 : buckets.limit(index - 1));
                long upper = Math.min(max, buckets.limit(index));
                return lower + part * (upper - lower);
            }
            below += counts[index];
        }
        return max;
    }

    /** One value for each bucket that holds any. */
    @Override
    public long[] getValues() {
        return IntStream.range(0, counts.length)
                .filter(index -> counts[index] > 0)
                .mapToLong(index -> Math.min(max, buckets.limit(index)))
                .toArray();
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    @Override
    public long getMax() {
        return max;
    }

    @Override
    public double getMean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    @Override
    public long getMin() {
        return min;
    }

    /** As if all values of a bucket were its greatest. */
    @Override
    public double getStdDev() {
        double mean = getMean();
        double squares = IntStream.range(0, counts.length)
                .filter(index -> counts[index] > 0)
                .mapToDouble(index -> counts[index] * Math.pow(Math.min(max, buckets.limit(index)) - mean, 2))
                .sum();
        return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    }

    @Override
    public void dump(OutputStream output) {
        PrintWriter lines = new PrintWriter(output, false, StandardCharsets.UTF_8);
        LongStream.of(getValues()).forEach(lines::println);
        lines.flush();
    }
}
