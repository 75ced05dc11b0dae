package dev.persistence.client.delivery;

import dev.persistence.client.buffer.Drop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One warning for all records that were dropped since the last one, and at most one in a while: the first at once, the next
 * when that time has passed. It holds numbers, types and reasons, and nothing of what the records say. The sender's thread.
 */
final class Warnings {

    private static final int MOST_KINDS_NAMED = 10;

    private final long intervalNanos;
    private final LongSupplier ticks;
    private final Consumer<String> log;
    private final Map<List<Object>, Drop> unsaid = new LinkedHashMap<>();
    private boolean saidBefore;
    private long saidAt;

    Warnings(Duration interval, LongSupplier ticks, Consumer<String> log) {
        this.intervalNanos = interval.toNanos();
        this.ticks = ticks;
        this.log = log;
    }

    void add(List<Drop> drops) {
        drops.forEach(drop -> unsaid.merge(List.of(drop.type(), drop.reason()), drop, Drop::and));
    }

    /** How long the next warning has to wait; a very long time if there is nothing to say. */
    long nanosUntilDue() {
        if (unsaid.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return saidBefore ? Math.max(0, intervalNanos - (ticks.getAsLong() - saidAt)) : 0;
    }

    void sayIfDue() {
        if (nanosUntilDue() == 0) {
            say();
        }
    }

    /** Says what there is, however short ago the last one was: the client closes. */
    void sayRest() {
        if (!unsaid.isEmpty()) {
            say();
        }
    }

    private void say() {
        log.accept(text());
        unsaid.clear();
        saidBefore = true;
        saidAt = ticks.getAsLong();
    }

    private String text() {
        long all = unsaid.values().stream().mapToLong(Drop::records).sum();
        String kinds = unsaid.values().stream()
                .limit(MOST_KINDS_NAMED)
                .map(drop -> drop.records() + " of " + drop.type() + ", "
                        + drop.reason().words() + " (" + drop.detail() + ")")
                .collect(Collectors.joining("; "));
        String more = unsaid.size() > MOST_KINDS_NAMED ? "; and more" : "";
        return all + (all == 1 ? " record was" : " records were") + " dropped: " + kinds + more;
    }
}
