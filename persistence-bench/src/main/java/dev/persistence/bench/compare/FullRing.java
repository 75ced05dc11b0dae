package dev.persistence.bench.compare;

import dev.persistence.bench.load.LoadGenerator;
import dev.persistence.bench.load.LoadListener;
import dev.persistence.bench.load.LoadOptions;
import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.probe.Probe;
import dev.persistence.bench.probe.Usage;
import dev.persistence.bench.score.Goal;
import dev.persistence.bench.score.Scoreboard;
import dev.persistence.bench.target.ServerProcess;
import dev.persistence.bench.target.Target;
import dev.persistence.bench.workload.KeyOrder;
import dev.persistence.bench.workload.RunMark;
import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Tasks with the largest texts, sent while nothing is written: what is taken, and what memory that needs. */
final class FullRing implements Scenario {

    private static final long BUDGET = 256L << 20;
    private static final int LARGEST_TEXT = 65_535;
    private static final int RECORDS_PER_REQUEST = 50; // some 6.5 MB

    private final Scale scale;

    FullRing(Scale scale) {
        this.scale = scale;
    }

    @Override
    public void warmUp() {
        // Memory does not need it.
    }

    @Override
    public void repeat(int number, Scoreboard board) throws Exception {
        String budget = "buffer.max-unwritten-bytes=" + BUDGET;
        try (Target stuck = ServerProcess.start(
                        Map.of(), List.of("-Xmx1g"), "discard", "--flush-delay", "3600s", "--set", budget);
                Probe probe = new Probe(
                        "127.0.0.1",
                        stuck.port(),
                        OptionalLong.of(stuck.pid()),
                        Optional.empty(),
                        Probe.USUAL_INTERVAL)) {
            SyntheticTasks tasks = new SyntheticTasks(new TaskOptions(
                    Long.MAX_VALUE, 0, KeyOrder.ORDERED, LARGEST_TEXT, RECORDS_PER_REQUEST, 4, RunMark.next()));
            probe.begin();
            LoadOptions options = Sender.asFastAsAccepted().withMaxTime(scale.accepting());
            LoadResult load = new LoadGenerator("127.0.0.1", stuck.port()).run(tasks, options, LoadListener.NONE);
            Usage usage = probe.end();
            long most = usage.samples().stream()
                    .mapToLong(Usage.Sample::unwrittenBytes)
                    .max()
                    .orElseThrow();
            board.add(Goal.FULL_RING, 100.0 * most / BUDGET);
            board.add(
                    "Full ring: requests refused with 503", "", load.refusals().getOrDefault(503, 0L));
            usage.peakMemoryBytes()
                    .ifPresent(peak -> board.add("Full ring, -Xmx1g: peak memory", "MiB", peak / 1048576.0));
        }
    }

    @Override
    public void close() {
        // Each repeat stops its own.
    }
}
