package dev.persistence.history.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds the table after a history against everything its clients were told. */
public final class Oracle {

    private final History history;
    private final Losses losses;
    private final Map<String, List<TableRow>> rows = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private long missing;
    private long undecided;

    private Oracle(History history, List<TableRow> table) {
        this.history = history;
        this.losses = new Losses(history);
        table.forEach(row -> rows.computeIfAbsent(History.name(row.shape(), row.key()), name -> new ArrayList<>())
                .add(row));
    }

    /**
     * What was found.
     *
     * @param faults what cannot be, in words; empty if the table is right
     * @param missing accepted records that are not in the table, at least
     * @param allowed how many may be missing
     * @param undecided keys with too many possible orders to try all of them
     */
    public record Verdict(List<String> faults, long missing, long allowed, long undecided) {}

    /**
     * Holds one against the other.
     *
     * @param table every row that the history's keys may have, and any others that are there
     */
    public static Verdict check(History history, List<TableRow> table) {
        Oracle oracle = new Oracle(history, table);
        oracle.checkRows();
        oracle.checkLosses();
        oracle.faults.addAll(Torn.check(history, Set.copyOf(oracle.rows.keySet())));
        return new Verdict(List.copyOf(oracle.faults), oracle.missing, oracle.losses.most(), oracle.undecided);
    }

    private void checkRows() {
        Map<String, List<Sending>> sent = new HashMap<>();
        for (Sending sending : history.sendings()) {
            sent.computeIfAbsent(name(sending), name -> new ArrayList<>()).add(sending);
        }
        Set<String> names = new HashSet<>(sent.keySet());
        names.addAll(rows.keySet());
        names.stream()
                .sorted()
                .forEach(
                        name -> checkKey(name, sent.getOrDefault(name, List.of()), rows.getOrDefault(name, List.of())));
    }

    private void checkKey(String name, List<Sending> sent, List<TableRow> found) {
        List<Sending> possible = sent.stream()
                .filter(sending -> sending.outcome() != Outcome.NOT_TAKEN && sending.outcome() != Outcome.REFUSED)
                .toList();
        if (found.size() > 1) {
            faults.add("doubled row: " + found.size() + " of " + name);
        } else if (!found.isEmpty() && sent.isEmpty()) {
            faults.add("a row that nobody sent: " + found.get(0));
        } else if (!found.isEmpty() && possible.isEmpty()) {
            faults.add("a row of refused records only: " + found.get(0));
        } else {
            explain(name, possible, found.isEmpty() ? null : found.get(0));
        }
    }

    private void explain(String name, List<Sending> possible, TableRow row) {
        int least = new RowSearch(possible, losses, row).missing();
        if (least == RowSearch.UNDECIDED) {
            undecided++;
        } else if (least == RowSearch.NONE) {
            faults.add((row == null ? "missing row: " + name : "no order of what was sent gives " + row) + "; sent:"
                    + described(possible));
        } else {
            missing += least;
        }
    }

    private String described(List<Sending> sendings) {
        StringBuilder text = new StringBuilder();
        for (Sending sending : sendings) {
            text.append("\n    ")
                    .append(Micros.text(sending.sent()).substring(11))
                    .append(" to ")
                    .append(
                            sending.answered() == Long.MAX_VALUE
                                    ? "…"
                                    : Micros.text(sending.answered()).substring(11))
                    .append(' ')
                    .append(sending.outcome())
                    .append(losses.mayBeMissing(sending) ? " (may be missing) " : " ")
                    .append(sending.life())
                    .append(" connection ")
                    .append(sending.connection())
                    .append(' ')
                    .append(sending.item());
        }
        return text.toString();
    }

    private void checkLosses() {
        if (missing > losses.most()) {
            faults.add(missing + " accepted records are missing, and only " + losses.most()
                    + " were counted as lost or in a killed service's memory");
        }
    }

    private static String name(Sending sending) {
        return History.name(sending.item().shape(), sending.item().key());
    }
}
