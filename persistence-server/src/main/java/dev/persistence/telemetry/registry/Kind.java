package dev.persistence.telemetry.registry;

/** How a figure behaves. */
public enum Kind {
    /** Only grows. */
    COUNTER,
    /** A value of the moment. */
    GAUGE,
    /** A distribution of times, recorded in nanoseconds. */
    TIMES,
    /** A distribution of counts. */
    COUNTS,
    /** Always 1: its labels are what it says. */
    INFO
}
