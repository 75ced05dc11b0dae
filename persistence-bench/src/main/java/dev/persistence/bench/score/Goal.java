package dev.persistence.bench.score;

/** What is to be reached, in the order of the table. */
public enum Goal {
    NEW_TASKS("New tasks, end to end: rows/s against the best JDBC loop", "×", Bound.AT_LEAST, 1.0),
    REAL_INPUT("Real input: records/s against a JDBC loop that sends every record", "×", Bound.AT_LEAST, 2.0),
    ACCEPTED("Accepted, with a consumer that discards: records/s against decoding alone", "×", Bound.AT_LEAST, 0.8),
    ACCEPTED_OF_HTTP("Accepted, with a consumer that discards: records/s against a bare server", "×", Bound.NONE, 0),
    SERVICE_CPU("CPU of the service a record, end to end", "µs", Bound.UNDER, 8),
    SERVICE_CPU_SHARE("CPU of the service, of what the database spends", "%", Bound.UNDER, 15),
    ONE_BY_ONE("End to end against one statement a record with autocommit", "×", Bound.AT_LEAST, 10),
    PER_REQUEST("End to end against a transaction a request of 100 records", "×", Bound.AT_LEAST, 1.5),
    SUSTAINED_P99("Response time at the rate that the database sustains, p99", "ms", Bound.UNDER, 5),
    SUSTAINED_P999("Response time at the rate that the database sustains, p99.9", "ms", Bound.UNDER, 10),
    HALF_P99("Response time at half of the accepted maximum, p99", "ms", Bound.UNDER, 5),
    SLOW_P99("Response time while every flush takes 1 s, p99", "ms", Bound.UNDER, 10),
    STATEMENTS("Records a server statement, at full batches", "records", Bound.AT_LEAST, 900),
    EVENT_LOOP_BYTES("Allocated on event loops for an accepted task", "B", Bound.UNDER, 1024),
    DAY_GROWTH(
            "50 records/s for a simulated day: most heap of any later hour, of the second hour's",
            "%",
            Bound.UNDER,
            110),
    FULL_RING("Ring full of the largest texts: accepted bytes, of the byte budget", "%", Bound.AT_MOST, 100),
    START("Start to first accepted request, on an existing database", "ms", Bound.UNDER, 2000),
    ROWS_THERE_ORDERED("New tasks where 300,000 rows are, ordered keys: against the JDBC loop", "×", Bound.NONE, 0),
    ROWS_THERE_RANDOM("New tasks where 300,000 rows are, random keys: against the JDBC loop", "×", Bound.NONE, 0);

    private final String what;
    private final String unit;
    private final Bound bound;
    private final double limit;

    Goal(String what, String unit, Bound bound, double limit) {
        this.what = what;
        this.unit = unit;
        this.bound = bound;
        this.limit = limit;
    }

    String what() {
        return what;
    }

    String unit() {
        return unit;
    }

    /** For people: {@code at least 1}; empty for what is only reported. */
    String expected() {
        String number = limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
        return bound == Bound.NONE ? "" : bound.words + " " + number;
    }

    boolean isReachedBy(double value) {
        return switch (bound) {
            case AT_LEAST -> value >= limit;
            case UNDER -> value < limit;
            case AT_MOST -> value <= limit;
            case NONE -> true;
        };
    }

    private enum Bound {
        AT_LEAST("at least"),
        UNDER("under"),
        AT_MOST("at most"),
        /** Only reported. */
        NONE("");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }
}
