package dev.persistence.bench.compare;

import java.time.Duration;

/**
 * How much of everything is run.
 *
 * @param warmUps end-to-end runs that do not count: the JVM of a service that has run for a while has compiled what it runs
 * @param tasks new tasks of an end-to-end run
 * @param oneByOne records written with a statement each
 * @param accepting how long a server is sent what it takes
 * @param latency how long response times are taken
 * @param rowsThere rows that are there before some are added
 * @param hours of the simulated day
 */
public record Scale(
        int warmUps, long tasks, int oneByOne, Duration accepting, Duration latency, long rowsThere, int hours) {

    /** For figures that mean something. */
    public static final Scale FULL =
            new Scale(5, 150_000, 3_000, Duration.ofSeconds(5), Duration.ofSeconds(10), 300_000, 24);

    /** To see that everything still runs. */
    public static final Scale SMOKE = new Scale(1, 3_000, 50, Duration.ofMillis(300), Duration.ofMillis(500), 3_000, 3);
}
