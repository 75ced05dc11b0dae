package dev.persistence.bench.compare;

import dev.persistence.bench.score.Scoreboard;

/**
 * Something that is measured in repeats. Opening one starts the processes it needs, and closing it stops them. Used by
 * one thread.
 */
public interface Scenario extends AutoCloseable {

    /** Runs everything once, so that all JVMs have compiled what they run; nothing counts. */
    void warmUp() throws Exception;

    /**
     * Measures everything once.
     *
     * @param number of the repeat, from 0: what runs first changes with it
     */
    void repeat(int number, Scoreboard board) throws Exception;

    /** Stops what was started. */
    @Override
    void close();
}
