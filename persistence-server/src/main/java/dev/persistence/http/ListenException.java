package dev.persistence.http;

/** The service cannot listen. The message names the settings, host, port and reason. */
public final class ListenException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
