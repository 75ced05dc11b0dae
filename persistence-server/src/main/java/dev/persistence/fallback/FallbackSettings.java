package dev.persistence.fallback;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is done with a batch that the database cannot take.
 *
 * @param holdFor how long a held batch is tried again, from its first failure on
 * @param deadLetterDir the folder of the dead-letter files
 * @param deadLetterMaxBytes most bytes of all files of that folder together
 */
public record FallbackSettings(
        OnDatabaseFailure onDatabaseFailure, Duration holdFor, Path deadLetterDir, long deadLetterMaxBytes) {

    public FallbackSettings {
        if (holdFor.isNegative() || holdFor.isZero()) {
            throw new IllegalArgumentException("buffer.hold-for: " + holdFor + " (expected more than 0)");
        }
        if (deadLetterMaxBytes < 1) {
            throw new IllegalArgumentException(
                    "buffer.dead-letter-max-bytes: " + deadLetterMaxBytes + " (expected at least 1)");
        }
    }
}
