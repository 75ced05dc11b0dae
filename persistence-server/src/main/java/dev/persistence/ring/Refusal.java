package dev.persistence.ring;

import dev.persistence.telemetry.RefusalReason;

/**
 * A record that the database itself refused.
 *
 * @param sequence the record's place in the ring
 * @param reason why, in words that carry no user text
 * @param kind the same as a label of the metrics
 */
public record Refusal(long sequence, String reason, RefusalReason kind) {}
