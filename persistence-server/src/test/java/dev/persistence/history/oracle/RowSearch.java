package dev.persistence.history.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Looks for an explanation of one key's row: an order of the records sent, and a choice of those that were written, whose
 * writing one after another gives exactly what the table has. The order keeps what is known of it, and the choice holds
 * every record that must be there. Of all explanations the one that misses the fewest accepted records counts.
 */
final class RowSearch {

    /** No explanation: the row is wrong. */
    static final int NONE = Integer.MAX_VALUE;

    /** There are too many to try all of them. */
    static final int UNDECIDED = -1;

    private static final int MOST_STATES = 300_000;
    private static final int MOST_SENDINGS = 62;

    private final List<Sending> sendings;
    private final boolean[] optional;
    private final long[] before;
    private final TableRow wanted;
    private final Map<State, Integer> least = new HashMap<>();

    /**
     * @param sendings those of one key that may have been taken
     * @param wanted the row, or null if there is none
     */
    RowSearch(List<Sending> sendings, Losses losses, TableRow wanted) {
        this.sendings = sendings;
        this.wanted = wanted;
        this.optional = new boolean[sendings.size()];
        this.before = new long[sendings.size()];
        for (int later = 0; later < sendings.size(); later++) {
            optional[later] = losses.mayBeMissing(sendings.get(later));
            for (int earlier = 0; earlier < sendings.size(); earlier++) {
                if (later != earlier && isBefore(sendings.get(earlier), sendings.get(later), losses)) {
                    before[later] |= 1L << earlier;
                }
            }
        }
    }

    private static boolean isBefore(Sending earlier, Sending later, Losses losses) {
        return earlier.arrivesBefore(later) || losses.settled(earlier) < later.sent();
    }

    /** A row on the way: the values, and who gave it its times; null times mean no row yet. */
    private record Row(List<String> values, Moment changed, Moment created) {}

    /** A record's time: its own, or its arrival, of which only the bounds are known. */
    private record Moment(String own, int arrival) {}

    private record State(long decided, Row row) {}

    /** The fewest accepted records that an explanation misses, or {@link #NONE}, or {@link #UNDECIDED}. */
    int missing() {
        if (sendings.size() > MOST_SENDINGS) {
            return UNDECIDED;
        }
        int found = search(0, null);
        return least.size() > MOST_STATES ? UNDECIDED : found;
    }

    private int search(long decided, Row row) {
        if (decided == (1L << sendings.size()) - 1) {
            return matches(row) ? 0 : NONE;
        }
        State state = new State(decided, row);
        Integer known = least.get(state);
        if (known != null) {
            return known;
        }
        if (least.size() > MOST_STATES) {
            return NONE;
        }
        int best = NONE;
        for (int next = 0; next < sendings.size() && best > 0; next++) {
            boolean open = (decided & 1L << next) == 0;
            if (open && (before[next] & ~decided) == 0) {
                best = Math.min(best, decide(decided | 1L << next, row, next));
            }
        }
        least.put(state, best);
        return best;
    }

    private int decide(long decided, Row row, int next) {
        int best = NONE;
        for (Row after : write(row, next)) {
            best = Math.min(best, search(decided, after));
        }
        if (optional[next] && best > 0) {
            int without = search(decided, row);
            int cost = sendings.get(next).outcome().taken() ? 1 : 0;
            best = Math.min(best, without == NONE ? NONE : without + cost);
        }
        return best;
    }

    /** What the row may be after the record: two rows where it is not known which of them is newer. */
    private List<Row> write(Row row, int next) {
        Item item = sendings.get(next).item();
        Moment time = item.updatedAt() == null ? new Moment(null, next) : new Moment(item.updatedAt(), -1);
        if (row == null) {
            Moment created = item.createdAt() == null ? time : new Moment(item.createdAt(), -1);
            return List.of(new Row(fields(item, null), time, created));
        }
        List<Row> after = new ArrayList<>(2);
        boolean same = time.own() == null
                && row.changed().own() == null
                && sameOrder(row.changed().arrival(), next);
        if (same || !surelyOlder(time, row.changed())) {
            after.add(new Row(fields(item, row.values()), time, row.created()));
        }
        if (!same && !surelyNotOlder(time, row.changed())) {
            after.add(row);
        }
        return after;
    }

    /** Arrivals at one process never go backwards, where one request came after the other. */
    private boolean sameOrder(int written, int next) {
        return sendings.get(written).arrivesBefore(sendings.get(next));
    }

    private boolean surelyOlder(Moment time, Moment than) {
        return latest(time).compareTo(earliest(than)) < 0;
    }

    private boolean surelyNotOlder(Moment time, Moment than) {
        return earliest(time).compareTo(latest(than)) >= 0;
    }

    private String earliest(Moment time) {
        return time.own() != null
                ? time.own()
                : Micros.text(sendings.get(time.arrival()).sent());
    }

    private String latest(Moment time) {
        return time.own() != null
                ? time.own()
                : Micros.text(sendings.get(time.arrival()).answered());
    }

    private static List<String> fields(Item item, List<String> row) {
        List<String> values = new ArrayList<>();
        List<Shape.Column> columns = item.shape().columns();
        for (int column = 0; column < columns.size(); column++) {
            String name = columns.get(column).name();
            String otherwise = columns.get(column).otherwise();
            if (item.fields().containsKey(name)) {
                String value = item.fields().get(name);
                values.add(value == null ? otherwise : value);
            } else {
                values.add(row == null ? otherwise : row.get(column));
            }
        }
        return values;
    }

    private boolean matches(Row row) {
        if (row == null || wanted == null) {
            return row == null && wanted == null;
        }
        List<Shape.Column> columns = wanted.shape().columns();
        for (int column = 0; column < columns.size(); column++) {
            if (!Objects.equals(
                    row.values().get(column),
                    wanted.values().get(columns.get(column).name()))) {
                return false;
            }
        }
        return covers(row.changed(), wanted.updatedAt()) && covers(row.created(), wanted.createdAt());
    }

    private boolean covers(Moment time, String text) {
        return earliest(time).compareTo(text) <= 0 && text.compareTo(latest(time)) <= 0;
    }
}
