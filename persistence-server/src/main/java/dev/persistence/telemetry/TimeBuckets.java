package dev.persistence.telemetry;

import java.util.List;

/**
 * A histogram of times.
 *
 * @param upperBoundsSeconds upper bounds of the buckets, inclusive, ascending; the last is positive infinity
 * @param counts how many fell into each bucket, and into no lower one
 */
public record TimeBuckets(List<Double> upperBoundsSeconds, List<Long> counts) {

    public TimeBuckets {
        upperBoundsSeconds = List.copyOf(upperBoundsSeconds);
        counts = List.copyOf(counts);
        if (upperBoundsSeconds.size() != counts.size()) {
            throw new IllegalArgumentException(upperBoundsSeconds.size() + " bounds, " + counts.size() + " counts");
        }
    }
}
