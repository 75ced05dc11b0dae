package dev.persistence.history.oracle;

/** What a client knows about a record it sent. */
public enum Outcome {
    /** 202. */
    ACCEPTED,
    /** 200 of {@code ack=written}. */
    WRITTEN,
    /** 503 of {@code ack=written}: records of the request were lost with their batch; the commit may have taken effect. */
    LOST,
    /** Sent whole, and no answer came. */
    UNKNOWN,
    /** Refused with nothing taken, or never sent whole. */
    NOT_TAKEN,
    /** The database itself refused this record, which it always does. */
    REFUSED;

    /** Whether the service said that it had the record. */
    public boolean taken() {
        return this == ACCEPTED || this == WRITTEN || this == LOST || this == REFUSED;
    }
}
