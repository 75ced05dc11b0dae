package dev.persistence.schema;

/** A declaration that cannot be used. The message names the place, what is there and what is expected. */
public final class DeclarationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DeclarationException(String message) {
        super(message);
    }

    DeclarationException(String message, Throwable cause) {
        super(message, cause);
    }
}
