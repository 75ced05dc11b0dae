package dev.persistence.balancers;

import dev.persistence.JsonTree;
import dev.persistence.RealInput.Request;
import dev.persistence.StoredRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that was sent of each key, in the order in which it was taken, and which instance took it. Keys belong to lanes,
 * and each lane adds its own; read when they have ended.
 */
final class SentStates {

    private static final Pattern TYPE = Pattern.compile("/api/v1/persistence/(\\w+)/batch");

    private final Map<String, List<State>> states = new ConcurrentHashMap<>(); // by table and key

    private record State(String table, Map<String, String> values, int instance) {}

    /** A request of whole records was taken by the instance on this port. */
    void add(Request request, int instance) throws IOException {
        Matcher type = TYPE.matcher(request.path());
        if (!type.matches()) {
            throw new AssertionError(request.path());
        }
        String member = type.group(1);
        String key = member.equals("tasks") ? "task_id" : "session_id";
        String records = JsonTree.write(JsonTree.at(JsonTree.parse(request.body()), member));
        for (Map<String, String> record : StoredRows.elements(records)) {
            states.computeIfAbsent(member + " " + record.get(key), first -> new ArrayList<>())
                    .add(new State("translation_" + member, record, instance));
        }
    }

    /** How many records an instance took. */
    long takenBy(int instance) {
        return states.values().stream()
                .flatMap(List::stream)
                .filter(state -> state.instance() == instance)
                .count();
    }

    /**
     * Holds the rows against what was sent: each is one of the states of its key, whole, and the newest that was not lost
     * with an instance.
     *
     * @param killed the port of the only instance that may have lost any
     * @return how many records are missing, of those that no later record hides
     */
    long lost(StoredRows rows, int killed) {
        long lost = 0;
        for (Map.Entry<String, List<State>> key : states.entrySet()) {
            List<State> sent = key.getValue();
            int newest = sent.size() - 1;
            while (newest >= 0
                    && !rows.has(sent.get(newest).table(), sent.get(newest).values())) {
                if (sent.get(newest).instance() != killed) {
                    throw new AssertionError(key.getKey() + ": its state " + newest + " of " + sent.size()
                            + " was taken by the instance " + sent.get(newest).instance() + " and is not in the row");
                }
                newest--;
                lost++;
            }
            if (newest < 0 && rows.hasKey(sent.get(0).table(), sent.get(0).values())) {
                throw new AssertionError(key.getKey() + ": the row is none of the states that were sent");
            }
        }
        return lost;
    }
}
