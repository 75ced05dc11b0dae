package dev.persistence.bench.compare;

import dev.persistence.bench.score.Goal;
import dev.persistence.bench.score.Scoreboard;
import dev.persistence.bench.workload.KeyOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** All scenarios, run one after another, each in interleaved repeats. */
public final class Comparison {

    private final int repeats;
    private final Map<String, Callable<Scenario>> scenarios = new LinkedHashMap<>();

    /**
     * The comparison.
     *
     * @param databaseUrl of a server where databases may be created, or {@code embedded}
     * @param requests recorded requests, for the scenario {@code real}
     */
    public Comparison(String databaseUrl, Optional<Path> requests, Scale scale, int repeats) {
        this.repeats = repeats;
        scenarios.put("start", () -> new Starts(databaseUrl));
        scenarios.put("accept", () -> new Accepting(scale));
        scenarios.put("new", () -> new NewTasks(databaseUrl, scale));
        scenarios.put("sustained", () -> new Sustained(databaseUrl, scale));
        requests.ifPresent(file -> scenarios.put("real", () -> new RealInput(databaseUrl, scale, file)));
        scenarios.put("ordered", () -> new RowsThere(databaseUrl, scale, KeyOrder.ORDERED, Goal.ROWS_THERE_ORDERED));
        scenarios.put("random", () -> new RowsThere(databaseUrl, scale, KeyOrder.RANDOM, Goal.ROWS_THERE_RANDOM));
        scenarios.put("day", () -> new SimulatedDay(scale));
        scenarios.put("full-ring", () -> new FullRing(scale));
    }

    /** The names of all scenarios, in the order in which they run. */
    public List<String> names() {
        return new ArrayList<>(scenarios.keySet());
    }

    /**
     * Runs some of the scenarios.
     *
     * @param names those that are to run
     * @param progress learns what is under way
     */
    public Scoreboard run(List<String> names, Consumer<String> progress) throws Exception {
        Scoreboard board = new Scoreboard();
        for (Map.Entry<String, Callable<Scenario>> each : scenarios.entrySet()) {
            if (names.contains(each.getKey())) {
                progress.accept(each.getKey() + ": warming up");
                try (Scenario scenario = each.getValue().call()) {
                    scenario.warmUp();
                    for (int repeat = 0; repeat < repeats; repeat++) {
                        progress.accept(each.getKey() + ": repeat " + (repeat + 1) + " of " + repeats);
                        scenario.repeat(repeat, board);
                    }
                }
            }
        }
        return board;
    }
}
