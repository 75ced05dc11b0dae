package dev.persistence.bench.stations;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long the benchmarks run, and with how many repeats. */
public enum Form {
    /** A first look. */
    QUICK("quick: one JVM a benchmark, three iterations of 0.5 s") {
        @Override
        public void apply(ChainedOptionsBuilder options) {
            options.forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(500));
        }
    },
    /** As each benchmark declares it. */
    FULL("full: as the benchmarks declare it") {
        @Override
        public void apply(ChainedOptionsBuilder options) {}
    },
    /** Shows that all of them run. */
    SMOKE("smoke: no figure here means anything") {
        @Override
        public void apply(ChainedOptionsBuilder options) {
            options.forks(0).warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(50));
        }
    };

    private final String words;

    Form(String words) {
        this.words = words;
    }

    public abstract void apply(ChainedOptionsBuilder options);

    /** For people. */
    public String words() {
        return words;
    }
}
