package dev.persistence.bench.workload;

/** How the keys of new records follow each other. */
public enum KeyOrder {
    /** Ascending through the whole run, and above those of earlier runs: new rows go to the end of the table. */
    ORDERED,
    /** Spread evenly: every new row goes to another place in the table. */
    RANDOM
}
