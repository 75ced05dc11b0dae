package dev.persistence.bench.stations;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Shows each result as it comes, and how much is left. What JMH itself says goes to its log. Runner's thread. */
public final class Progress implements OutputFormat {

    private final PrintWriter terminal;
    private final OutputFormat log;
    private final int total;

    // All owned by the runner's thread.
    private int started;
    private int ended;
    private long startNanos;

    /** @param total benchmarks that will run, a case each */
    public Progress(PrintWriter terminal, OutputFormat log, int total) {
        this.total = total;
        this.terminal = terminal;
        this.log = log;
    }

    /** Benchmarks that were started and came to no result; the log says why. */
    public int failed() {
        return started - ended;
    }

    @Override
    public void startRun() {
        startNanos = System.nanoTime();
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

    /** Benchmarks differ in their length, so what is left is a guess. */
    private void show(StationResult result) {
        long nanosLeft = (System.nanoTime() - startNanos) / ended * Math.max(0, total - ended);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanosLeft);
        terminal.printf(
                "[%2d/%d, %d:%02d left] %s%n", ended, total, seconds / 60, seconds % 60, StationTable.brief(result));
        terminal.flush();
    }

    @Override
    public void println(String line) {
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
