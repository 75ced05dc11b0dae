package dev.persistence.history.oracle;

/**
 * What a service's statistics tell about what was settled (written, refused or lost) so far, and how much was lost.
 *
 * @param settledBefore records that were answered before this moment (microseconds) are settled
 * @param asked before the statistics were asked for, microseconds
 * @param read after they were read, microseconds
 * @param lostAtLeast records lost at {@code asked}, at least
 * @param lostAtMost records lost at {@code read}, at most
 * @param inMemory accepted records that were not settled
 */
public record Checkpoint(
        Sending.Life life,
        long settledBefore,
        long asked,
        long read,
        long lostAtLeast,
        long lostAtMost,
        long inMemory) {}
