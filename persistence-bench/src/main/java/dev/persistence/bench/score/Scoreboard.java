package dev.persistence.bench.score;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects figures, repeat by repeat. Used by one thread. */
public final class Scoreboard {

    /** A figure without a goal: what a ratio is made of. */
    public record Detail(String what, String unit) {}

    private final Map<Goal, Series> goals = new EnumMap<>(Goal.class);
    private final Map<Detail, Series> details = new LinkedHashMap<>();

    /** Adds the value of one repeat. */
    public void add(Goal goal, double value) {
        goals.merge(goal, new Series(List.of(value)), (before, one) -> before.with(value));
    }

    /** Adds the value of one repeat. */
    public void add(String what, String unit, long value) {
        add(what, unit, (double) value);
    }

    /** Adds the value of one repeat. */
    public void add(String what, String unit, double value) {
        details.merge(new Detail(what, unit), new Series(List.of(value)), (before, one) -> before.with(value));
    }

    /** Those that were measured. */
    public Map<Goal, Series> goals() {
        return Collections.unmodifiableMap(goals);
    }

    /** In the order in which they came up. */
    public Map<Detail, Series> details() {
        return Collections.unmodifiableMap(details);
    }
}
