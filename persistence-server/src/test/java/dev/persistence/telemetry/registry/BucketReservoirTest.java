package dev.persistence.telemetry.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BucketReservoirTest {

    private final BucketReservoir times = new BucketReservoir(Buckets.TIMES);

    @Test
    void nothingRecorded_isZeroThroughout() {
        BucketSnapshot empty = times.getSnapshot();
        assertEquals(0, empty.size());
        assertEquals(0, empty.getMax());
        assertEquals(0, empty.getMin());
        assertEquals(0, empty.getMean());
        assertEquals(0, empty.getStdDev());
        assertEquals(0, empty.get99thPercentile());
    }

    @Test
    void sumLeastAndGreatest_areExact() {
        LongStream.of(3_333, 7_777_777, 123).forEach(times::update);

        BucketSnapshot snapshot = times.getSnapshot();
        assertEquals(7_781_233e-9, snapshot.sum(), 1e-15);
        assertEquals(7_781_233 / 3.0, snapshot.getMean());
        assertEquals(123, snapshot.getMin());
        assertEquals(7_777_777, snapshot.getMax());
        assertEquals(3, snapshot.size());
    }

    @Test
    void publishedCounts_areNotCumulative() {
        LongStream.of(50_000, 100_000, 100_001, 70_000_000_000L).forEach(times::update);

        long[] counts = times.getSnapshot().counts();
        assertEquals(2, counts[0]);
        assertEquals(1, counts[1]);
        assertEquals(1, counts[18]);
        assertEquals(4, LongStream.of(counts).sum());
    }

    @Test
    void quantiles_areWithinAnEighth() {
        LongStream.rangeClosed(1, 10_000).map(n -> n * 1_000).forEach(times::update); // 1 µs to 10 ms, evenly

        BucketSnapshot snapshot = times.getSnapshot();
        for (double quantile : new double[] {0.01, 0.5, 0.75, 0.95, 0.99, 0.999}) {
            double exact = quantile * 10_000_000;
            assertEquals(exact, snapshot.getValue(quantile), exact / 8, "quantile " + quantile);
        }
        assertEquals(10_000_000, snapshot.getValue(1));
    }

    @Test
    void oneValue_isEveryQuantile() {
        times.update(1_234_567);

        assertEquals(1_234_567, times.getSnapshot().getMedian());
        assertEquals(1_234_567, times.getSnapshot().get999thPercentile());
        assertArrayEquals(new long[] {1_234_567}, times.getSnapshot().getValues());
    }

    @Test
    void threads_loseNothing() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Thread counting = new Thread(() -> LongStream.range(0, 50_000).forEach(times::update));
            threads.add(counting);
            counting.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        BucketSnapshot snapshot = times.getSnapshot();
        assertEquals(200_000, LongStream.of(snapshot.counts()).sum());
        assertEquals(4 * 50_000L * 49_999 / 2 / 1e9, snapshot.sum(), 1e-9);
        assertEquals(49_999, snapshot.getMax());
    }
}
