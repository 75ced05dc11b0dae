package dev.persistence.bench.compare;

import dev.persistence.bench.reference.AutocommitLoop;
import dev.persistence.bench.reference.JdbcLoop;
import dev.persistence.bench.reference.PreparedForm;
import dev.persistence.bench.reference.RecordParser;
import dev.persistence.bench.reference.TypedRecord;
import dev.persistence.bench.report.RunReport;
import dev.persistence.bench.score.Goal;
import dev.persistence.bench.score.Scoreboard;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.ServerProcess;
import dev.persistence.bench.target.ServiceProcess;
import dev.persistence.bench.target.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** New tasks into empty tables: the service, the best JDBC loops, a transaction a request, a statement a record. */
final class NewTasks implements Scenario {

    private static final String SERVICE = "service";
    private static final String BY_DRIVER = "JDBC loop, prepared by the driver";
    private static final String BY_SERVER = "JDBC loop, prepared by the server";
    private static final String PER_REQUEST = "transaction a request";
    private static final String ONE_BY_ONE = "statement a record";

    private final Scale scale;
    private final BenchDatabase database;
    private final Target service;
    private final Target perRequest;

    NewTasks(String databaseUrl, Scale scale) {
        this.scale = scale;
        this.database = BenchDatabase.open(databaseUrl);
        database.createTables();
        this.service = ServiceProcess.start(database);
        this.perRequest = ServerProcess.start(database, "per-request");
    }

    @Override
    public void warmUp() throws Exception {
        for (int run = 1; run < scale.warmUps(); run++) {
            service(new Scoreboard());
        }
        measure(0, new Scoreboard());
    }

    @Override
    public void repeat(int number, Scoreboard board) throws Exception {
        measure(number, board);
    }

    private void measure(int number, Scoreboard board) throws Exception {
        List<TypedRecord> records = RecordParser.ofShippedTypes().parseAll(Sender.tasks(scale.tasks()));
        List<TypedRecord> some = records.subList(0, scale.oneByOne());
        Map<String, Double> rates = new Interleaved()
                .add(SERVICE, () -> service(board))
                .add(BY_DRIVER, () -> loop(PreparedForm.CLIENT, records))
                .add(BY_SERVER, () -> loop(PreparedForm.SERVER, records))
                .add(PER_REQUEST, this::perRequest)
                .add(ONE_BY_ONE, () -> oneByOne(some))
                .run(number);
        rates.forEach((way, rate) -> board.add("New tasks: " + way, "rows/s", rate));
        double rate = rates.get(SERVICE);
        board.add(Goal.NEW_TASKS, rate / Math.max(rates.get(BY_DRIVER), rates.get(BY_SERVER)));
        board.add(Goal.PER_REQUEST, rate / rates.get(PER_REQUEST));
        board.add(Goal.ONE_BY_ONE, rate / rates.get(ONE_BY_ONE));
    }

    private double service(Scoreboard board) throws IOException, InterruptedException {
        database.truncate();
        RunReport run =
                new Sender(service).untilVisible(database, Sender.tasks(scale.tasks()), Sender.asFastAsAccepted());
        if (run.visible().rows() != scale.tasks()) {
            throw new IllegalStateException(run.visible().rows() + " rows of " + scale.tasks() + " new tasks");
        }
        run.serviceMicrosPerRecord().ifPresent(micros -> board.add(Goal.SERVICE_CPU, micros));
        run.databaseMicrosPerRecord().ifPresent(database -> {
            board.add("New tasks: CPU of the database a record", "µs", database);
            board.add(Goal.SERVICE_CPU_SHARE, 100 * run.serviceMicrosPerRecord().orElseThrow() / database);
        });
        run.insertsPerRecord().ifPresent(inserts -> board.add(Goal.STATEMENTS, 1 / inserts));
        run.allocatedBytesPerRecord().ifPresent(bytes -> board.add("New tasks: allocated in all", "B", bytes));
        return run.visible().rowsPerSecond();
    }

    private double loop(PreparedForm form, List<TypedRecord> records) throws Exception {
        database.truncate();
        return new JdbcLoop(database.url(), form).run(records).recordsPerSecond();
    }

    private double perRequest() throws InterruptedException {
        database.truncate();
        return new Sender(perRequest)
                .untilAnswered(Sender.tasks(scale.tasks() / 2), Sender.asFastAsAccepted())
                .acceptedRecordsPerSecond();
    }

    private double oneByOne(List<TypedRecord> records) throws Exception {
        database.truncate();
        return new AutocommitLoop(database.url(), PreparedForm.CLIENT)
                .run(records)
                .recordsPerSecond();
    }

    @Override
    public void close() {
        perRequest.close();
        service.close();
        database.close();
    }
}
