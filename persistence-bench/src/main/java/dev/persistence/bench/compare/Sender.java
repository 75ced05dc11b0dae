package dev.persistence.bench.compare;

import dev.persistence.bench.load.LoadGenerator;
import dev.persistence.bench.load.LoadListener;
import dev.persistence.bench.load.LoadOptions;
import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.measure.MeasuredRun;
import dev.persistence.bench.measure.MeasuredService;
import dev.persistence.bench.report.RunReport;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.Target;
import dev.persistence.bench.workload.KeyOrder;
import dev.persistence.bench.workload.RunMark;
import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import dev.persistence.bench.workload.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Sends workloads to a target. Used by one thread. */
final class Sender {

    static final int CONNECTIONS = 16;

    /** For a client with nothing else to do; what it sends too early is decoded only to be refused. */
    private static final Duration RETRY = Duration.ofMillis(200);

    /** Seldom: each sample is a request, which would stand among those that are measured. */
    private static final Duration SAMPLES = Duration.ofMillis(500);

    private final Target target;

    Sender(Target target) {
        this.target = target;
    }

    static LoadOptions asFastAsAccepted() {
        return LoadOptions.closedLoop().withRetryPause(RETRY);
    }

    static SyntheticTasks tasks(long records, KeyOrder keys, int recordsPerRequest) {
        return new SyntheticTasks(new TaskOptions(
                records, 0, keys, TaskOptions.USUAL_TEXT_BYTES, recordsPerRequest, CONNECTIONS, RunMark.next()));
    }

    static SyntheticTasks tasks(long records) {
        return tasks(records, KeyOrder.ORDERED, TaskOptions.USUAL_RECORDS_PER_REQUEST);
    }

    /** Sends, and has everything written. All rows of the database are this run's: it begins with empty tables. */
    RunReport untilVisible(BenchDatabase database, Workload workload, LoadOptions options)
            throws IOException, InterruptedException {
        MeasuredService service = new MeasuredService(
                "127.0.0.1", target.port(), OptionalLong.of(target.pid()), Optional.of(database), Optional.empty());
        RunReport report = new MeasuredRun(service, "compare", Map.of(), SAMPLES)
                .run(workload, options, Optional.empty(), MeasuredRun.Listener.NONE);
        report.load().failure().ifPresent(Sender::fail);
        return report;
    }

    /** Sends, and looks at the answers only. */
    LoadResult untilAnswered(Workload workload, LoadOptions options) throws InterruptedException {
        LoadResult result = new LoadGenerator("127.0.0.1", target.port()).run(workload, options, LoadListener.NONE);
        result.failure().ifPresent(Sender::fail);
        return result;
    }

    private static void fail(String failure) {
        throw new IllegalStateException("a run ended before its time: " + failure);
    }
}
