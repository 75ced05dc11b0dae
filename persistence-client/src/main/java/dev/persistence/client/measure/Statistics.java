package dev.persistence.client.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The counts of a client at one moment, since it was built. {@code accepted = sent + dropped + waiting}, always. Records of
 * {@code writeAndWait} are not among them: its result says what became of those.
 *
 * @param accepted records given to the method {@code send(…)}, whatever became of them
 * @param sent records that the service took (202); it writes them at its next flush
 * @param dropped records that were given up, by reason; a reason that did not occur is absent
 * @param waiting records that wait in the buffer or are in the request that is under way
 * @param waitingBytes the size of those that wait in the buffer, as JSON
 */
public record Statistics(long accepted, long sent, Map<DropReason, Long> dropped, long waiting, long waitingBytes) {

    /** Takes a copy of the map. */
    public Statistics {
        Map<DropReason, Long> copy = new EnumMap<>(DropReason.class);
        copy.putAll(dropped);
        dropped = Collections.unmodifiableMap(copy);
    }

    /** Records dropped for one reason. */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /** Records dropped for any reason. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
