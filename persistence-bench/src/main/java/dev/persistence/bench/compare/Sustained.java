package dev.persistence.bench.compare;

import dev.persistence.bench.load.LoadOptions;
import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.report.RunReport;
import dev.persistence.bench.score.Goal;
import dev.persistence.bench.score.Scoreboard;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.ServiceProcess;
import dev.persistence.bench.target.Target;
import java.io.IOException;

/** Response times of the service while new tasks come as fast as the database can write them. */
final class Sustained implements Scenario {

    /** Of the rate at which the service has just written: the ring neither runs full nor empty. */
    private static final double SUSTAINED = 0.9;

    private final Scale scale;
    private final BenchDatabase database;
    private final Target service;

    Sustained(String databaseUrl, Scale scale) {
        this.scale = scale;
        this.database = BenchDatabase.open(databaseUrl);
        database.createTables();
        this.service = ServiceProcess.start(database);
    }

    @Override
    public void warmUp() throws Exception {
        for (int run = 1; run < scale.warmUps(); run++) {
            asFastAsAccepted();
        }
        repeat(0, new Scoreboard());
    }

    @Override
    public void repeat(int number, Scoreboard board) throws Exception {
        double rate = SUSTAINED * asFastAsAccepted().visible().rowsPerSecond();
        database.truncate();
        LoadOptions options = LoadOptions.openLoop(rate).withMaxTime(scale.latency());
        report(new Sender(service).untilVisible(database, Sender.tasks(Long.MAX_VALUE), options), board);
    }

    private RunReport asFastAsAccepted() throws IOException, InterruptedException {
        database.truncate();
        return new Sender(service).untilVisible(database, Sender.tasks(scale.tasks()), Sender.asFastAsAccepted());
    }

    private static void report(RunReport run, Scoreboard board) {
        LoadResult load = run.load();
        board.add(Goal.SUSTAINED_P99, load.accepted().p99() / 1e3);
        board.add(Goal.SUSTAINED_P999, load.accepted().p999() / 1e3);
        board.add("At the sustained rate: records", "records/s", load.acceptedRecordsPerSecond());
        board.add("At the sustained rate: p50", "ms", load.accepted().p50() / 1e3);
        board.add(
                "At the sustained rate: p99 of the waits for a connection",
                "ms",
                load.waits().p99() / 1e3);
        board.add("At the sustained rate: refused requests", "", load.refusedRequests());
        run.serviceMicrosPerRecord()
                .ifPresent(micros -> board.add("At the sustained rate: CPU of the service a record", "µs", micros));
        run.eventLoopBytesPerRecord().ifPresent(bytes -> board.add(Goal.EVENT_LOOP_BYTES, bytes));
        run.usage()
                .jvm()
                .ifPresent(jvm -> board.add("At the sustained rate: longest pause", "ms", jvm.longestPauseMillis()));
    }

    @Override
    public void close() {
        service.close();
        database.close();
    }
}
