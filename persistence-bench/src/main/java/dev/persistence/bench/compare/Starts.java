package dev.persistence.bench.compare;

import dev.persistence.bench.score.Goal;
import dev.persistence.bench.score.Scoreboard;
import dev.persistence.bench.start.StartTimes;
import dev.persistence.bench.target.BenchDatabase;

/** From the start of the packaged service to its first accepted request. */
final class Starts implements Scenario {

    private final BenchDatabase database;

    Starts(String databaseUrl) {
        this.database = BenchDatabase.open(databaseUrl);
    }

    @Override
    public void warmUp() {
        // Each measurement begins with a start that does not count, which makes the tables.
    }

    @Override
    public void repeat(int number, Scoreboard board) throws Exception {
        StartTimes times = StartTimes.measure(database, 1, each -> {});
        board.add(Goal.START, times.median().toNanos() / 1e6);
        board.add("Start: CPU", "ms", times.medianCpu().toMillis());
    }

    @Override
    public void close() {
        database.close();
    }
}
