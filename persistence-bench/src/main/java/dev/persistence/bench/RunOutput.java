package dev.persistence.bench;

import dev.persistence.bench.load.LoadException;
import dev.persistence.bench.load.LoadGenerator;
import dev.persistence.bench.load.LoadListener;
import dev.persistence.bench.load.LoadOptions;
import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.measure.MeasuredRun;
import dev.persistence.bench.measure.MeasuredService;
import dev.persistence.bench.probe.Usage;
import dev.persistence.bench.report.ReportJson;
import dev.persistence.bench.report.ReportPage;
import dev.persistence.bench.report.RunReport;
import dev.persistence.bench.report.Summary;
import dev.persistence.bench.target.TargetException;
import dev.persistence.bench.workload.RunMark;
import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import dev.persistence.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Runs a workload for a command: progress while it runs, then the figures and the report's files. */
final class RunOutput implements MeasuredRun.Listener {

    private static final double LINE_NANOS = 1e9;
    private static final int WARM_UP_LANES = 8;

    private final PrintWriter out;

    // The last line; owned by the generator's thread.
    private LoadListener.Progress lastProgress = new LoadListener.Progress(0, 0, 0);
    private long lastWritten = -1; // below 0 before the first sample

    private RunOutput(PrintWriter out) {
        this.out = out;
    }

    /** Returns the exit code: 0 if all went well, 1 with a message if not. */
    static int run(
            CommandLine command,
            TargetOptions target,
            String title,
            Map<String, String> setup,
            Input input,
            LoadOptions options) {
        try {
            Workload workload = input.open();
            try (MeasuredService service = target.open()) {
                RunOutput output = new RunOutput(command.getOut());
                warmUp(service, target.warmUp());
                output.say("%s, on %s:%d", title, service.host(), service.port());
                RunReport report =
                        new MeasuredRun(service, title, setup).run(workload, options, input.session(), output);
                output.show(report);
                output.write(report, target.output());
                return report.load().failure().isEmpty() ? 0 : 1;
            }
        } catch (IOException | LoadException | TargetException failed) {
            command.getErr().println("bench: " + failed.getMessage());
            return 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void warmUp(MeasuredService service, long records) throws InterruptedException {
        if (records > 0) {
            LoadGenerator generator = new LoadGenerator(service.host(), service.port());
            TaskOptions tasks = TaskOptions.usual(records, WARM_UP_LANES, RunMark.next());
            LoadResult result = generator.run(new SyntheticTasks(tasks), LoadOptions.closedLoop(), LoadListener.NONE);
            if (result.failure().isPresent()) {
                throw new LoadException("warm-up: " + result.failure().get(), null);
            }
            generator.flush();
        }
    }

    /** What is sent. */
    interface Input {

        Workload open() throws IOException;

        /** The {@code session_id} of all its records, if they have one. */
        Optional<String> session();
    }

    @Override
    public void progressed(LoadListener.Progress now, Optional<Usage.Sample> buffer) {
        double nanos = now.nanos() - lastProgress.nanos();
        if (nanos < LINE_NANOS) {
            return;
        }
        double accepted = (now.acceptedRecords() - lastProgress.acceptedRecords()) / nanos * 1e9;
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%5.0f s %,10.0f accepted/s", now.nanos() / 1e9, accepted));
        buffer.ifPresent(sample -> {
            long before = lastWritten < 0 ? sample.writtenRecords() : lastWritten;
            double written = (sample.writtenRecords() - before) / nanos * 1e9;
            line.append(
                    String.format(Locale.ROOT, " %,10.0f written/s   ring %5.1f %%", written, sample.fillPercent()));
            lastWritten = sample.writtenRecords();
        });
        long refused = now.refusedRequests() - lastProgress.refusedRequests();
        lastProgress = now;
        say("%s %,8d refused", line, refused);
    }

    private void show(RunReport report) {
        say("");
        Summary.of(report).forEach(line -> say("%s", line));
    }

    private void write(RunReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path json = Files.writeString(folder.resolve("load.json"), ReportJson.of(report));
        Path page = Files.writeString(folder.resolve("load.html"), ReportPage.of(report));
        say("");
        say("%s", json);
        say("%s", page);
    }

    private void say(String text, Object... values) {
        out.println(String.format(Locale.ROOT, text, values));
        out.flush();
    }
}
