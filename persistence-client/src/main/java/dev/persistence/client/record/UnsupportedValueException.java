package dev.persistence.client.record;

import java.io.IOException;

/** A value has no form in JSON. The message says what kind it is, never the value. */
final class UnsupportedValueException extends IOException {

    private static final long serialVersionUID = 1L;

    UnsupportedValueException(String message) {
        super(message);
    }
}
