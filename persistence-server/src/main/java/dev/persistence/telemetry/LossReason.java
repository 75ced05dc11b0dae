package dev.persistence.telemetry;

import java.util.Locale;

/** Why a batch was given up whole. */
public enum LossReason {
    /** The database gave no connection in time. */
    UNREACHABLE,
    /** The connection failed, or the server closed it. */
    CONNECTION,
    /** The commit was not answered: the records may have been written after all. */
    UNKNOWN_OUTCOME,
    /** Deadlocks or lock waits, after all repeats. */
    CONFLICT,
    /** The server takes no writes. */
    READ_ONLY,
    /** The server's disk or the table is full. */
    NO_SPACE,
    /** The user may not log in, or may not write the table. */
    PRIVILEGE,
    /** The database, the table or a column is gone. */
    SCHEMA,
    /** The service stopped before the database took them. */
    SHUTDOWN,
    /** Any other error of the server. */
    DATABASE,
    /** A failure of the service itself. */
    UNEXPECTED;

    /** The name used in metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
