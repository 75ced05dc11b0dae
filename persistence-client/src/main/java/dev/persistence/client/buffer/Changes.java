package dev.persistence.client.buffer;

import java.util.List;
import java.util.Map;

/**
 * What was counted since it was last asked for.
 *
 * @param accepted records given to the client, by type
 * @param sent records that the service took, by type
 * @param drops records given up, by type and reason
 */
public record Changes(Map<String, Long> accepted, Map<String, Long> sent, List<Drop> drops) {

    /** Takes copies. */
    public Changes {
        accepted = Map.copyOf(accepted);
        sent = Map.copyOf(sent);
        drops = List.copyOf(drops);
    }
}
