package dev.persistence.client.http;

import dev.persistence.client.measure.DropReason;

/** A request that the service did not answer; it may have arrived all the same. */
public final class NoAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    NoAnswerException(DropReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Timed out, no connection, or closed. */
    public DropReason reason() {
        return reason;
    }
}
