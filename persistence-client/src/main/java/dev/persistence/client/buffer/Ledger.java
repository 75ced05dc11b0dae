package dev.persistence.client.buffer;

import dev.persistence.client.measure.DropReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The counts of a buffer: totals, and what is to be reported yet. Guarded by the buffer's lock. */
final class Ledger {

    /** More kinds than this are a mistake in the program, and are reported under one name. */
    private static final int MOST_KINDS = 100;

    private static final String MANY = "(many types)";

    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private final Map<String, Long> newlyAccepted = new LinkedHashMap<>();
    private final Map<String, Long> newlySent = new LinkedHashMap<>();
    private final Map<List<Object>, Drop> newDrops = new LinkedHashMap<>();
    private long accepted;
    private long sent;
    private long droppedInAll;

    void accept(String type) {
        accepted++;
        newlyAccepted.merge(kind(newlyAccepted, type), 1L, Long::sum);
    }

    void settle(Batch batch, Outcome outcome) {
        if (outcome.sent() > 0) {
            sent += outcome.sent();
            newlySent.merge(kind(newlySent, batch.type()), outcome.sent(), Long::sum);
        }
        outcome.drops().forEach(this::drop);
    }

    void drop(Drop drop) {
        droppedInAll += drop.records();
        dropped.merge(drop.reason(), drop.records(), Long::sum);
        Drop named = newDrops.size() < MOST_KINDS ? drop : drop.ofType(MANY);
        newDrops.merge(List.of(named.type(), named.reason()), named, Drop::and);
    }

    private static String kind(Map<String, Long> counts, String type) {
        return counts.size() < MOST_KINDS || counts.containsKey(type) ? type : MANY;
    }

    boolean hasDropsToReport() {
        return !newDrops.isEmpty();
    }

    Changes takeChanges() {
        Changes changes = new Changes(newlyAccepted, newlySent, new ArrayList<>(newDrops.values()));
        newlyAccepted.clear();
        newlySent.clear();
        newDrops.clear();
        return changes;
    }

    long accepted() {
        return accepted;
    }

    long sent() {
        return sent;
    }

    Map<DropReason, Long> dropped() {
        return dropped;
    }

    long droppedInAll() {
        return droppedInAll;
    }
}
