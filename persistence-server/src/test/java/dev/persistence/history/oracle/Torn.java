package dev.persistence.history.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether flushes were seen in parts. A probing connection sends new keys only, sessions and tasks in turn, so that every
 * flush holds an unbroken run of them: what one snapshot holds has no gap, but for batches that were lost. A transaction
 * that shows its sessions before its tasks leaves a gap at every task.
 */
final class Torn {

    private Torn() {}

    static List<String> check(History history, Set<String> table) {
        List<String> faults = new ArrayList<>();
        Map<Integer, List<Sending>> probes = new HashMap<>();
        for (Sending sending : history.sendings()) {
            if (history.probes().contains(sending.connection()) && sending.outcome() != Outcome.NOT_TAKEN) {
                probes.computeIfAbsent(sending.connection(), connection -> new ArrayList<>())
                        .add(sending);
            }
        }
        for (List<Sending> probe : probes.values()) {
            probe.sort(Comparator.comparingInt(Sending::place));
            List<String> names = probe.stream()
                    .map(sending ->
                            History.name(sending.item().shape(), sending.item().key()))
                    .toList();
            for (Set<String> snapshot : history.snapshots()) {
                checkSnapshot(names, snapshot, table, faults);
            }
            checkGaps(probe, names, table, history, faults);
        }
        return faults;
    }

    private static void checkSnapshot(
            List<String> names, Set<String> snapshot, Set<String> table, List<String> faults) {
        int last = names.size() - 1;
        while (last >= 0 && !snapshot.contains(names.get(last))) {
            last--;
        }
        for (int place = 0; place < last; place++) {
            String name = names.get(place);
            if (!snapshot.contains(name) && table.contains(name)) {
                faults.add("torn flush: a snapshot held " + names.get(last) + " and not " + name
                        + ", which came before it and is in the table");
                return;
            }
        }
        if (names.stream().anyMatch(name -> snapshot.contains(name) && !table.contains(name))) {
            faults.add("a row of " + names.get(0) + " and those after it was seen and is gone");
        }
    }

    /** Lost batches leave gaps, at most one each. */
    private static void checkGaps(
            List<Sending> probe, List<String> names, Set<String> table, History history, List<String> faults) {
        long lostBatches = history.ends().stream()
                .filter(end -> end.life().equals(probe.get(0).life()))
                .mapToLong(LifeEnd::lostBatches)
                .findFirst()
                .orElse(-1);
        long gaps = 0;
        boolean within = false;
        for (int place = 0; place < names.size(); place++) {
            boolean known = probe.get(place).outcome().taken();
            boolean gone = known ? !table.contains(names.get(place)) : within; // unknown ones may belong to the gap
            gaps += gone && !within ? 1 : 0;
            within = gone;
        }
        if (lostBatches >= 0 && gaps > lostBatches) {
            faults.add("torn flush: " + gaps + " gaps in what a probe sent from " + names.get(0) + ", and only "
                    + lostBatches + " batches were lost");
        }
    }
}
