package dev.persistence.ring;

/**
 * A record that the database itself refused.
 *
 * @param sequence the record's place in the ring
 * @param reason why, in words that carry no user text
 */
public record Refusal(long sequence, String reason) {}
