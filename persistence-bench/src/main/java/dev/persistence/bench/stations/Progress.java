package dev.persistence.bench.stations;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Shows each result as it comes, and how much is left. What JMH itself says goes to its log. Runner's thread. */
public final class Progress implements OutputFormat {

    private static final String JMH_PROGRESS = "# Run progress: ";

    private final PrintWriter terminal;
    private final OutputFormat log;

    // All owned by the runner's thread.
    private String station = "";
    private int started;
    private int ended;

    public Progress(PrintWriter terminal, OutputFormat log) {
        this.terminal = terminal;
        this.log = log;
    }

    /** Benchmarks that were started and came to no result; the log says why. */
    public int failed() {
        return started - ended;
    }

    @Override
    public void startRun() {
        terminal.println(StationTable.head());
        terminal.flush();
        log.startRun();
    }

    @Override
    public void startBenchmark(BenchmarkParams benchmark) {
        started++;
        log.startBenchmark(benchmark);
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        if (result != null) {
            ended++;
            show(StationResult.of(result));
        }
        log.endBenchmark(result);
    }

    private void show(StationResult result) {
        if (!result.station().equals(station)) {
            station = result.station();
            terminal.println(station);
        }
        terminal.println(StationTable.line(result));
        terminal.flush();
    }

    @Override
    public void println(String line) {
        if (line.startsWith(JMH_PROGRESS)) {
            terminal.print("  (" + line.substring(JMH_PROGRESS.length()) + ")\r"); // the next line goes over it
            terminal.flush();
        }
        log.println(line);
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams iteration, int number) {
        log.iteration(benchmark, iteration, number);
    }

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams iteration, int number, IterationResult result) {
        log.iterationResult(benchmark, iteration, number, result);
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        log.endRun(results);
    }

    @Override
    public void print(String text) {
        log.print(text);
    }

    @Override
    public void verbosePrintln(String line) {
        log.verbosePrintln(line);
    }

    @Override
    public void write(int octet) {
        log.write(octet);
    }

    @Override
    public void write(byte[] octets) throws IOException {
        log.write(octets);
    }

    @Override
    public void flush() {
        log.flush();
    }

    @Override
    public void close() {
        log.close();
    }
}
