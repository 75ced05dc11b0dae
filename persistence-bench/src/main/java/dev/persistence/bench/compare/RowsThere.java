package dev.persistence.bench.compare;

import dev.persistence.bench.reference.JdbcLoop;
import dev.persistence.bench.reference.PreparedForm;
import dev.persistence.bench.reference.RecordParser;
import dev.persistence.bench.reference.TypedRecord;
import dev.persistence.bench.report.RunReport;
import dev.persistence.bench.score.Goal;
import dev.persistence.bench.score.Scoreboard;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.ServiceProcess;
import dev.persistence.bench.target.Target;
import dev.persistence.bench.workload.KeyOrder;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What the rows cost that are there already: tasks added to a table that has many. */
final class RowsThere implements Scenario {

    private static final String SERVICE = "service";
    private static final String LOOP = "JDBC loop, prepared by the server";

    private final Scale scale;
    private final KeyOrder keys;
    private final Goal goal;
    private final BenchDatabase database;
    private final Target service;
    private final List<TypedRecord> there;

    RowsThere(String databaseUrl, Scale scale, KeyOrder keys, Goal goal) throws IOException {
        this.scale = scale;
        this.keys = keys;
        this.goal = goal;
        this.there = records(scale.rowsThere());
        this.database = BenchDatabase.open(databaseUrl);
        database.createTables();
        this.service = ServiceProcess.start(database);
    }

    private List<TypedRecord> records(long count) throws IOException {
        return RecordParser.ofShippedTypes().parseAll(Sender.tasks(count, keys, 100));
    }

    private long added() {
        return scale.rowsThere() / 6;
    }

    @Override
    public void warmUp() throws Exception {
        loop(there.subList(0, (int) added()));
        for (int run = 0; run < scale.warmUps(); run++) {
            database.truncate();
            new Sender(service).untilVisible(database, Sender.tasks(added(), keys, 100), Sender.asFastAsAccepted());
        }
    }

    @Override
    public void repeat(int number, Scoreboard board) throws Exception {
        List<TypedRecord> added = records(added());
        Map<String, Double> rates = new Interleaved()
                .add(SERVICE, this::service)
                .add(LOOP, () -> {
                    fill(board);
                    return loop(added);
                })
                .run(number);
        rates.forEach((way, rate) -> board.add(title() + ": " + way, "rows/s", rate));
        board.add(goal, rates.get(SERVICE) / rates.get(LOOP));
    }

    private String title() {
        return "%,d rows there, %s keys".formatted(scale.rowsThere(), keys == KeyOrder.ORDERED ? "ordered" : "random");
    }

    private void fill(Scoreboard board) throws Exception {
        database.truncate();
        double rate = loop(there);
        board.add(title() + ": filling the empty table with the loop", "rows/s", rate);
    }

    private double loop(List<TypedRecord> records) throws Exception {
        return new JdbcLoop(database.url(), PreparedForm.SERVER).run(records).recordsPerSecond();
    }

    private double service() throws Exception {
        fill(new Scoreboard());
        RunReport run =
                new Sender(service).untilVisible(database, Sender.tasks(added(), keys, 100), Sender.asFastAsAccepted());
        return run.visible().rowsPerSecond();
    }

    @Override
    public void close() {
        service.close();
        database.close();
    }
}
