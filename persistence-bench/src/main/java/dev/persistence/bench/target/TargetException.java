package dev.persistence.bench.target;

/** A database or a server could not be started, used or stopped; the message says which and why, without secrets. */
public final class TargetException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TargetException(String message, Throwable cause) {
        super(message, cause);
    }
}
