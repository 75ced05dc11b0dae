package dev.persistence.bench;

import dev.persistence.bench.report.Machine;
import dev.persistence.bench.stations.DatabaseServers;
import dev.persistence.bench.stations.Form;
import dev.persistence.bench.stations.Progress;
import dev.persistence.bench.stations.StationResult;
import dev.persistence.bench.stations.StationTable;
import dev.persistence.embedded.EmbeddedDatabaseException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench stations}: each station of the flow alone, with JMH. */
@Command(
        name = "stations",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures each station alone: decode, publish, merge, statement, flush. Writes stations.json"
                + " (JMH's format), stations.md and stations.log.")
final class Stations implements Callable<Integer> {

    private static final String SERVER_PARAMETER = "server";

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Choice choice = new Choice();

    @Option(
            names = "--database",
            paramLabel = "URL",
            split = ",",
            defaultValue = DatabaseServers.EMBEDDED,
            description = "Server for the flushes: jdbc:mysql://host:port/?user=…, also for MariaDB, whose user may"
                    + " create databases; or \"embedded\". Several by commas. Default: ${DEFAULT-VALUE}")
    private List<String> databases;

    @Option(
            names = "--table-rows",
            paramLabel = "N",
            description = "Rows that the table of the flushes begins with, in thousands: 1000, 300000. Default: 10000,"
                    + " with --smoke 1000")
    private int tableRows;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "bench-results",
            description = "Folder for the results. Default: ${DEFAULT-VALUE}")
    private Path output;

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..*",
            description = "Regular expressions on class and method, such as Decode or FlushBenchmark. Default: all")
    private List<Pattern> patterns = List.of();

    /** How long, and with how many repeats. */
    static final class Choice {

        @Option(names = "--quick", description = "One JVM each, some seconds each: a first look. The default")
        private boolean quick;

        @Option(names = "--full", description = "As the benchmarks declare it: for figures that are to be shown")
        private boolean full;

        @Option(names = "--smoke", description = "Each once and shortly, in this JVM: shows that it runs, not how fast")
        private boolean smoke;

        Form form() {
            return quick || !(full || smoke) ? Form.QUICK : full ? Form.FULL : Form.SMOKE;
        }
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        check();
        Files.createDirectories(output);
        try (PrintStream stream = new PrintStream(output.resolve("stations.log").toFile(), StandardCharsets.UTF_8)) {
            OutputFormat log = OutputFormatFactory.createFormatInstance(stream, VerboseMode.NORMAL);
            return run(log);
        } catch (SQLException | EmbeddedDatabaseException noDatabase) {
            spec.commandLine().getErr().println("Not measured: " + noDatabase.getMessage());
            return 1;
        }
    }

    private void check() {
        if (tableRows < 0 || tableRows % 1000 != 0) {
            throw new ParameterException(spec.commandLine(), "--table-rows: " + tableRows + " (expected thousands)");
        }
        for (String database : databases) {
            if (!database.equals(DatabaseServers.EMBEDDED) && !database.startsWith("jdbc:mysql:")) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--database: expected jdbc:mysql://host:port/?user=… (also for MariaDB), or embedded");
            }
        }
    }

    private int run(OutputFormat log) throws IOException, SQLException, RunnerException {
        Collection<BenchmarkListEntry> chosen = BenchmarkList.defaultList().find(log, includes(), List.of());
        if (chosen.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no benchmark matches " + String.join(" or ", includes()));
        }
        boolean onServer = chosen.stream().anyMatch(entry -> parameters(entry).containsKey(SERVER_PARAMETER));
        try (DatabaseServers servers = DatabaseServers.open(onServer ? databases : List.of())) {
            int total = chosen.stream()
                    .mapToInt(entry -> cases(entry, servers.names().size()))
                    .sum();
            return run(servers, new Progress(spec.commandLine().getOut(), log, total));
        }
    }

    private int tableRows() {
        return tableRows > 0 ? tableRows : choice.form() == Form.SMOKE ? 1000 : 10_000;
    }

    private List<String> includes() {
        return patterns.stream().map(Pattern::pattern).toList();
    }

    private static Map<String, String[]> parameters(BenchmarkListEntry entry) {
        return entry.getParams().orElse(Map.of());
    }

    private static int cases(BenchmarkListEntry entry, int servers) {
        return parameters(entry).entrySet().stream()
                .mapToInt(values -> values.getKey().equals(SERVER_PARAMETER) ? servers : values.getValue().length)
                .reduce(1, (cases, values) -> cases * values);
    }

    private int run(DatabaseServers servers, Progress progress) throws IOException, RunnerException {
        Form form = choice.form();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(output.resolve("stations.json").toString())
                .jvmArgsAppend("-D" + DatabaseServers.FILE_PROPERTY + "=" + servers.file());
        includes().forEach(options::include);
        if (!servers.names().isEmpty()) {
            options.param(SERVER_PARAMETER, servers.names().toArray(String[]::new));
            options.param(StationResult.TABLE_ROWS_PARAMETER, Integer.toString(tableRows()));
        }
        form.apply(options);
        if (form == Form.SMOKE) { // in this JVM; it claims no time, so it need not wait for other benchmarks
            System.setProperty(DatabaseServers.FILE_PROPERTY, servers.file().toString());
            System.setProperty("jmh.ignoreLock", "true");
        }
        Collection<RunResult> results = new Runner(options.build(), progress).run();
        return report(results, servers, progress.failed());
    }

    private int report(Collection<RunResult> results, DatabaseServers servers, int failed) throws IOException {
        List<StationResult> lines = results.stream()
                .map(result -> StationResult.of(result.getAggregatedResult()))
                .toList();
        List<String> facts = new ArrayList<>();
        Machine.describe().forEach((name, value) -> facts.add(name + ": " + value));
        facts.add("form: " + choice.form().words());
        if (!servers.names().isEmpty()) {
            facts.add("database: " + String.join(", ", servers.names()) + "; its table begins with " + tableRows()
                    + " rows");
        }
        Files.writeString(output.resolve("stations.md"), StationTable.markdown(lines, facts));
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(StationTable.text(lines));
        facts.forEach(out::println);
        out.println("Written: stations.json, stations.md and stations.log in "
                + output.toAbsolutePath().normalize());
        if (failed > 0) {
            out.println(failed + " benchmarks failed; stations.log says why");
        }
        out.flush();
        return failed > 0 ? 1 : 0;
    }
}
