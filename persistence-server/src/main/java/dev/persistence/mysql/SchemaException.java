package dev.persistence.mysql;

/** The tables cannot hold what is declared. The message names every type, table and column, and what to do. */
public final class SchemaException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SchemaException(String message) {
        super(message);
    }

    SchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
