package dev.persistence.bench;

import dev.persistence.bench.reference.AutocommitLoop;
import dev.persistence.bench.reference.JdbcLoop;
import dev.persistence.bench.reference.LoopResult;
import dev.persistence.bench.reference.PreparedForm;
import dev.persistence.bench.reference.RecordParser;
import dev.persistence.bench.reference.TypedRecord;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.TargetException;
import dev.persistence.bench.workload.KeyOrder;
import dev.persistence.bench.workload.Recording;
import dev.persistence.bench.workload.RunMark;
import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import dev.persistence.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench reference}: how fast the same records go into the database without this service. */
@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes records into a database without the service: by the best plain JDBC loop, with values put"
                + " into the statement by the driver and by the server, and by one statement a record with autocommit."
                + " Each run begins on empty tables of a database of its own, which is dropped afterwards.")
final class Reference implements Callable<Integer> {

    @Mixin
    private DatabaseOption database;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Made-up tasks to write. Default: ${DEFAULT-VALUE}")
    private long records;

    @Option(
            names = "--repeated",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "The share, 0 to 1, of made-up tasks whose key came before. Default: ${DEFAULT-VALUE}")
    private double repeated;

    @Option(
            names = "--keys",
            paramLabel = "ORDER",
            defaultValue = "ORDERED",
            description = "Order of new keys: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private KeyOrder keys;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Recorded requests (requests.ndjson) to write in place of made-up tasks.")
    private Path input;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Rows of a statement, and of a transaction. Default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(
            names = "--autocommit-records",
            paramLabel = "N",
            defaultValue = "5000",
            description = "The most records that are written one by one, the first ones. Default: ${DEFAULT-VALUE}")
    private int autocommitRecords;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        try {
            List<TypedRecord> all = RecordParser.ofShippedTypes().parseAll(workload());
            measure(all);
            return 0;
        } catch (IOException | SQLException | TargetException | IllegalArgumentException failed) {
            command.commandLine().getErr().println("bench reference: " + failed.getMessage());
            return 1;
        }
    }

    private void measure(List<TypedRecord> all) throws SQLException {
        List<TypedRecord> some = all.subList(0, Math.min(autocommitRecords, all.size()));
        try (BenchDatabase target = BenchDatabase.open(database.url())) {
            out().printf(Locale.ROOT, "%,d records into %s on %s%n%n", all.size(), target.place(), target.version());
            out().printf(Locale.ROOT, "%-38s %10s %12s %14s%n", "", "records", "records/s", "client µs/row");
            for (PreparedForm form : PreparedForm.values()) {
                target.recreate();
                print(
                        "JDBC loop, prepared by the " + name(form),
                        new JdbcLoop(target.url(), form, rows, rows).run(all));
            }
            target.recreate();
            print("one by one, autocommit", new AutocommitLoop(target.url(), PreparedForm.CLIENT).run(some));
        }
    }

    private Workload workload() throws IOException {
        if (input != null) {
            if (!Files.isReadable(input)) {
                throw new IOException("--input: " + input + " (expected a file of recorded requests)");
            }
            return Recording.read(input).play();
        }
        return new SyntheticTasks(new TaskOptions(
                records,
                repeated,
                keys,
                TaskOptions.USUAL_TEXT_BYTES,
                TaskOptions.USUAL_RECORDS_PER_REQUEST,
                1,
                RunMark.next()));
    }

    private static String name(PreparedForm form) {
        return form == PreparedForm.CLIENT ? "driver" : "server";
    }

    private void print(String way, LoopResult result) {
        out().printf(
                        Locale.ROOT,
                        "%-38s %,10d %,12.0f %14.1f%n",
                        way,
                        result.records(),
                        result.recordsPerSecond(),
                        result.cpuMicrosPerRecord());
        out().flush();
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
