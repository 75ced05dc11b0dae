package dev.persistence.telemetry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The last failures, newest first. Any thread; failures are rare, so each makes a list of its own. */
public final class RecentFailures {

    private static final int MOST = 10;

    private final AtomicReference<List<RecentFailure>> failures = new AtomicReference<>(List.of());

    public void lost(Instant at, int type, long records, LossReason reason) {
        add(new RecentFailure(at, RecentFailure.Kind.LOST, type, records, reason.label()));
    }

    public void refused(Instant at, int type, long records, RefusalReason reason) {
        add(new RecentFailure(at, RecentFailure.Kind.REFUSED, type, records, reason.label()));
    }

    private void add(RecentFailure failure) {
        failures.updateAndGet(before -> {
            List<RecentFailure> after = new ArrayList<>(MOST);
            after.add(failure);
            after.addAll(before.subList(0, Math.min(before.size(), MOST - 1)));
            return List.copyOf(after);
        });
    }

    public List<RecentFailure> newestFirst() {
        return failures.get();
    }
}
