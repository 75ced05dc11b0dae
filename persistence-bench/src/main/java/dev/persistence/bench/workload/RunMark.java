package dev.persistence.bench.workload;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** Names runs, so that the rows of each can be told from those of all others in the same table. */
public final class RunMark {

    private RunMark() {}

    /** A mark of 19 characters that sorts behind those of earlier runs. */
    public static String next() {
        return next(InstantSource.system());
    }

    static String next(InstantSource clock) {
        return "run-%011x%04x"
                .formatted(clock.millis(), ThreadLocalRandom.current().nextInt(1 << 16));
    }
}
