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
import dev.persistence.bench.workload.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Recorded requests, several states a task: the service, and JDBC loops that send every record. */
final class RealInput implements Scenario {

    private static final String SERVICE = "service";
    private static final String BY_DRIVER = "JDBC loop, prepared by the driver";
    private static final String BY_SERVER = "JDBC loop, prepared by the server";

    private final Scale scale;
    private final Recording recording;
    private final List<TypedRecord> records;
    private final BenchDatabase database;
    private final Target service;

    RealInput(String databaseUrl, Scale scale, Path requests) throws IOException {
        this.scale = scale;
        this.recording = Recording.read(requests);
        this.records = RecordParser.ofShippedTypes().parseAll(recording.play());
        this.database = BenchDatabase.open(databaseUrl);
        database.createTables();
        this.service = ServiceProcess.start(database);
    }

    @Override
    public void warmUp() throws Exception {
        for (int run = 1; run < scale.warmUps(); run++) {
            service(new Scoreboard());
        }
        repeat(0, new Scoreboard());
    }

    @Override
    public void repeat(int number, Scoreboard board) throws Exception {
        Map<String, Double> rates = new Interleaved()
                .add(SERVICE, () -> service(board))
                .add(BY_DRIVER, () -> loop(PreparedForm.CLIENT))
                .add(BY_SERVER, () -> loop(PreparedForm.SERVER))
                .run(number);
        rates.forEach((way, rate) -> board.add("Real input: " + way, "records/s", rate));
        board.add(Goal.REAL_INPUT, rates.get(SERVICE) / Math.max(rates.get(BY_DRIVER), rates.get(BY_SERVER)));
    }

    private double service(Scoreboard board) throws IOException, InterruptedException {
        database.truncate();
        RunReport run = new Sender(service).untilVisible(database, recording.play(), Sender.asFastAsAccepted());
        run.serviceMicrosPerRecord()
                .ifPresent(micros -> board.add("Real input: CPU of the service a record", "µs", micros));
        run.databaseMicrosPerRecord()
                .ifPresent(micros -> board.add("Real input: CPU of the database a record", "µs", micros));
        run.insertsPerRecord()
                .ifPresent(inserts -> board.add("Real input: records a server statement", "records", 1 / inserts));
        return run.writtenRecordsPerSecond();
    }

    private double loop(PreparedForm form) throws Exception {
        database.truncate();
        return new JdbcLoop(database.url(), form).run(records).recordsPerSecond();
    }

    @Override
    public void close() {
        service.close();
        database.close();
    }
}
