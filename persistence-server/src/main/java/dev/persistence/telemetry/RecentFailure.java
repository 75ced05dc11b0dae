package dev.persistence.telemetry;

import java.time.Instant;

/**
 * Records that will never be written, as one flush left them.
 *
 * @param at when that was known
 * @param kind whether they went with their batch or one by one
 * @param type ordinal of their type
 * @param records how many of them for this reason
 * @param reason label of a {@link LossReason} or {@link RefusalReason}
 */
public record RecentFailure(Instant at, Kind kind, int type, long records, String reason) {

    /** How records fail. */
    public enum Kind {
        /** Given up with their batch. */
        LOST,
        /** Refused by the database one by one. */
        REFUSED
    }
}
