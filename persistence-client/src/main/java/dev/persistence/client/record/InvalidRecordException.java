package dev.persistence.client.record;

import dev.persistence.client.measure.DropReason;

/** A record cannot be sent. The message names the member and what is wrong with it, and holds no value. */
public final class InvalidRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    InvalidRecordException(DropReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Either invalid or too large. */
    public DropReason reason() {
        return reason;
    }
}
