package dev.persistence.bench;

import dev.persistence.bench.compare.Comparison;
import dev.persistence.bench.compare.Scale;
import dev.persistence.bench.load.LoadException;
import dev.persistence.bench.report.Machine;
import dev.persistence.bench.score.ScoreJson;
import dev.persistence.bench.score.ScoreTable;
import dev.persistence.bench.score.Scoreboard;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.TargetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench compare}: every figure of BENCHMARKS.md, each against its reference in the same run. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the packaged service against what it is to be compared with, in interleaved repeats on"
                + " databases of its own, and writes the tables of BENCHMARKS.md.")
final class Compare implements Callable<Integer> {

    @Mixin
    private DatabaseOption database;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Recorded requests (requests.ndjson), for the scenario real.")
    private Path input;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these scenarios: start, accept, new, sustained, real, ordered, random, day, full-ring.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measured repeats, after one that is not. Default: ${DEFAULT-VALUE}")
    private int repeats;

    @Option(names = "--smoke", description = "A little of everything, to see that it runs; its figures mean nothing.")
    private boolean smoke;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "bench-results",
            description = "Where compare.json and compare.md are written. Default: ${DEFAULT-VALUE}")
    private Path output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (repeats < 1) {
            throw new ParameterException(command.commandLine(), "--repeats: " + repeats + " (expected at least 1)");
        }
        Comparison comparison =
                new Comparison(database.url(), Optional.ofNullable(input), smoke ? Scale.SMOKE : Scale.FULL, repeats);
        List<String> names = only.isEmpty() ? comparison.names() : only;
        for (String name : names) {
            if (!comparison.names().contains(name)) {
                throw new ParameterException(
                        command.commandLine(), "--only: " + name + " (expected some of " + comparison.names() + ")");
            }
        }
        try {
            Map<String, String> machine = machine();
            Scoreboard board = comparison.run(names, this::say);
            write(board, machine);
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (IOException | LoadException | TargetException failed) {
            command.commandLine().getErr().println("bench compare: " + failed.getMessage());
            return 1;
        } catch (Exception unforeseen) {
            throw new IllegalStateException("bench compare failed", unforeseen);
        }
    }

    private Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>(Machine.describe());
        try (BenchDatabase asked = BenchDatabase.open(database.url())) {
            machine.put("database", asked.version());
        }
        return machine;
    }

    private void write(Scoreboard board, Map<String, String> machine) throws IOException {
        List<String> lines = new ArrayList<>(ScoreTable.of(board));
        lines.add("");
        machine.forEach((name, value) -> lines.add("- " + name + ": " + value));
        Files.createDirectories(output);
        Files.write(output.resolve("compare.md"), lines);
        Files.writeString(output.resolve("compare.json"), ScoreJson.of(board, machine));
        say("");
        lines.forEach(this::say);
        say("");
        say(output.resolve("compare.md") + ", " + output.resolve("compare.json"));
    }

    private void say(String line) {
        PrintWriter out = command.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
