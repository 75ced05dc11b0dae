package dev.persistence.bench.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The values of one figure, a repeat each. */
public record Series(List<Double> values) {

    public Series {
        values = List.copyOf(values);
    }

    Series with(double value) {
        List<Double> more = new ArrayList<>(values);
        more.add(value);
        return new Series(more);
    }

    /** The middle one; the mean of both where there are two. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    public double lowest() {
        return Collections.min(values);
    }

    public double highest() {
        return Collections.max(values);
    }
}
