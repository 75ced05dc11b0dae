package dev.persistence.telemetry.registry;

import com.codahale.metrics.Counter;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RefusalReason;
import java.util.EnumMap;
import java.util.Map;

/** What happened to the records of one type. Every reason is there from the start, so that the first loss shows as a rise. */
final class RecordCounters {

    final Counter accepted;
    final Counter merged;
    final Counter written;
    final Counter deadLettered;
    private final Map<RefusalReason, Counter> refused = new EnumMap<>(RefusalReason.class);
    private final Map<LossReason, Counter> lost = new EnumMap<>(LossReason.class);

    RecordCounters(Registry registry, String type) {
        accepted = registry.counter(Family.RECORDS_ACCEPTED, type);
        merged = registry.counter(Family.RECORDS_MERGED, type);
        written = registry.counter(Family.RECORDS_WRITTEN, type);
        deadLettered = registry.counter(Family.RECORDS_DEAD_LETTERED, type);
        for (RefusalReason reason : RefusalReason.values()) {
            refused.put(reason, registry.counter(Family.RECORDS_REFUSED, type, reason.label()));
        }
        for (LossReason reason : LossReason.values()) {
            lost.put(reason, registry.counter(Family.RECORDS_LOST, type, reason.label()));
        }
        registry.gauge(Family.RECORDS_UNWRITTEN, this::inMemory, type);
    }

    Counter refused(RefusalReason reason) {
        return refused.get(reason);
    }

    Counter lost(LossReason reason) {
        return lost.get(reason);
    }

    long refused() {
        return sum(refused);
    }

    long lost() {
        return sum(lost);
    }

    long failed() {
        return refused() + lost();
    }

    long inMemory() {
        // Read first: what is settled was accepted before, so the difference is never below 0.
        long settled = written.getCount() + failed();
        return accepted.getCount() - settled;
    }

    private static long sum(Map<?, Counter> counters) {
        return counters.values().stream().mapToLong(Counter::getCount).sum();
    }
}
