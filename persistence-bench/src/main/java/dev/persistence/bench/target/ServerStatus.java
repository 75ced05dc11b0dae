package dev.persistence.bench.target;

import java.util.HashMap;
import java.util.Map;

/**
 * The numeric counters of {@code SHOW GLOBAL STATUS} at one moment, or what they rose by between two. They count for the
 * whole server: whatever else uses it counts too.
 */
public record ServerStatus(Map<String, Long> counters) {

    public ServerStatus {
        counters = Map.copyOf(counters);
    }

    /** A counter such as {@code Com_insert}, {@code Com_commit} or {@code Innodb_rows_inserted}; 0 if there is none. */
    public long get(String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** What each counter rose by since an earlier moment. */
    public ServerStatus since(ServerStatus earlier) {
        Map<String, Long> rises = new HashMap<>();
        counters.forEach((name, value) -> rises.put(name, value - earlier.get(name)));
        return new ServerStatus(rises);
    }
}
