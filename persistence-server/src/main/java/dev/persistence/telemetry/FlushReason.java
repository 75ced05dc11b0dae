package dev.persistence.telemetry;

import java.util.Locale;

/** Why a flush began. */
public enum FlushReason {
    /** Records of one type reached {@code buffer.max-buffer-size}. */
    COUNT,
    /** The bytes of the unwritten records reached what one statement may carry. */
    BYTES,
    /** The oldest unwritten record reached the age {@code buffer.flush-interval}. */
    AGE,
    /** A flush request or a request with {@code ack=written} asked for it. */
    REQUEST,
    /** A request found no room on the ring or in the byte budget. */
    FULL,
    /** The service is stopping. */
    DRAIN;

    /** The name used in metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
