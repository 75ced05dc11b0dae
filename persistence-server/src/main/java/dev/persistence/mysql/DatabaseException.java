package dev.persistence.mysql;

/** The database cannot be used at all. The message names the setting to look at, and holds no secret. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
