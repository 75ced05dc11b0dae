package dev.persistence.bench.load;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of times, exact to three digits. All times are in microseconds, and 0 where nothing was counted.
 *
 * @param count how many were counted
 * @param curve the distribution as points of rising percentiles, closer together towards 100
 */
public record ResponseTimes(
        long count, double mean, long p50, long p90, long p99, long p999, long max, List<Point> curve) {

    private static final int TICKS_PER_HALF_DISTANCE = 5; // points for every halving of what is left to 100 %

    public ResponseTimes {
        curve = List.copyOf(curve);
    }

    /** So many percent of the times are at most so many microseconds. */
    public record Point(double percentile, long micros) {}

    static ResponseTimes of(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return new ResponseTimes(0, 0, 0, 0, 0, 0, 0, List.of());
        }
        List<Point> curve = new ArrayList<>();
        for (HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF_DISTANCE)) {
            curve.add(new Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()));
        }
        return new ResponseTimes(
                histogram.getTotalCount(),
                histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue(),
                curve);
    }
}
