package dev.persistence.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.persistence.bench.start.FirstRequest;
import dev.persistence.bench.start.StartTimes;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.TargetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench start}: from the start of the packaged service to its first accepted request. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts the packaged service several times on a database that has its tables, and takes the time"
                + " from the start of its script to the first request that it accepts, and the CPU time it spent by then."
                + " The database is one of its own, which is dropped afterwards.")
final class Start implements Callable<Integer> {

    @Mixin
    private DatabaseOption database;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measured starts, after one that is not. Default: ${DEFAULT-VALUE}")
    private int repeats;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "bench-results/start.json",
            description = "Where the figures go as JSON. Default: ${DEFAULT-VALUE}")
    private Path output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        if (repeats < 1) {
            throw new ParameterException(
                    command.commandLine(), "--repeats: " + repeats + " (expected a number from 1)");
        }
        try (BenchDatabase target = BenchDatabase.open(database.url())) {
            String server = target.version();
            out().printf("%d starts on %s%n", repeats, server);
            StartTimes times = StartTimes.measure(target, repeats, this::print);
            out().printf(
                            "median %d ms, min %d, max %d; CPU %d ms%n",
                            times.median().toMillis(),
                            times.min().toMillis(),
                            times.max().toMillis(),
                            times.medianCpu().toMillis());
            write(times, server);
            out().printf("written to %s%n", output);
            out().flush();
            return 0;
        } catch (IOException | TargetException failed) {
            command.commandLine().getErr().println("bench start: " + failed.getMessage());
            return 1;
        }
    }

    private void print(FirstRequest start) {
        out().printf("%6d ms, CPU %d ms%n", start.time().toMillis(), start.cpu().toMillis());
        out().flush();
    }

    private void write(StartTimes times, String server) throws IOException {
        Files.createDirectories(output.toAbsolutePath().getParent());
        try (JsonGenerator json = new JsonFactory().createGenerator(output.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("database", server);
            json.writeStringField("java", Runtime.version().toString());
            json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
            json.writeNumberField("medianMillis", times.median().toMillis());
            json.writeNumberField("minMillis", times.min().toMillis());
            json.writeNumberField("maxMillis", times.max().toMillis());
            json.writeNumberField("medianCpuMillis", times.medianCpu().toMillis());
            json.writeArrayFieldStart("starts");
            for (FirstRequest start : times.starts()) {
                json.writeStartObject();
                json.writeNumberField("millis", start.time().toMillis());
                json.writeNumberField("cpuMillis", start.cpu().toMillis());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
