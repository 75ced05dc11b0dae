package dev.persistence.client.buffer;

import dev.persistence.client.measure.DropReason;

/**
 * Records of one type that were given up for one reason.
 *
 * @param detail what happened to the last of them, for people; holds nothing of the record's text
 */
public record Drop(String type, long records, DropReason reason, String detail) {

    Drop ofType(String other) {
        return new Drop(other, records, reason, detail);
    }

    /** Both together. */
    public Drop and(Drop later) {
        return new Drop(type, records + later.records, reason, later.detail);
    }
}
