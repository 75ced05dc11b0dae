package dev.persistence.client.buffer;

import java.util.List;

/**
 * Records of one type that leave together, in the order in which they came.
 *
 * @param firstSequence of its oldest record; all later records of the type that waited then are behind its last
 * @param records each a JSON object; nobody changes them
 */
public record Batch(String type, long firstSequence, List<byte[]> records) {

    /** Takes a copy of the list. */
    public Batch {
        records = List.copyOf(records);
    }

    /** How many records it has. */
    public int size() {
        return records.size();
    }
}
