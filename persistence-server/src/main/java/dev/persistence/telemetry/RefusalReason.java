package dev.persistence.telemetry;

import java.util.Locale;

/** Why the database refused a single record. */
public enum RefusalReason {
    /** A column without default takes no NULL. */
    NULL,
    /** Another row has the same value in a unique index. */
    DUPLICATE,
    /** A foreign key does not allow it. */
    FOREIGN_KEY,
    /** A number is out of its column's range. */
    OUT_OF_RANGE,
    /** A value is longer than its column. */
    TOO_LONG,
    /** A value or a character is not valid for its column. */
    INVALID_VALUE,
    /** A check constraint, or a view's check option, does not allow it. */
    CHECK,
    /** A trigger of the table does not allow it. */
    TRIGGER,
    /** The row, or a value, is larger than a row or a packet may be. */
    TOO_LARGE,
    /** Any other error about the row. */
    OTHER;

    /** The name used in metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
