package dev.persistence.logging;

import java.util.Map;

/** Log levels at run time, as {@code persistence:type=Logging}. Any thread. */
public interface LogLevelsMXBean {

    /** The levels that are set, by logger; every other logger has that of the nearest one above it. */
    Map<String, String> getLevels();

    /**
     * The level that holds for a logger.
     *
     * @param logger a class or package that logs, or {@code ROOT}
     * @throws IllegalArgumentException if there is no such logger
     */
    String level(String logger);

    /**
     * Sets the level of a logger and of those below it, until {@link #reset} or the end of the service.
     *
     * @param logger a class or package that logs, or {@code ROOT}
     * @param level {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARN}, {@code ERROR} or {@code OFF}
     * @throws IllegalArgumentException if there is no such logger or level; the message says which
     */
    void setLevel(String logger, String level);

    /** Gives all loggers the levels they had before {@link #setLevel}. */
    void reset();
}
