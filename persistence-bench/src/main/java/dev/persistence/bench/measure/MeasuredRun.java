package dev.persistence.bench.measure;

import dev.persistence.bench.load.LoadGenerator;
import dev.persistence.bench.load.LoadListener;
import dev.persistence.bench.load.LoadOptions;
import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.probe.Probe;
import dev.persistence.bench.probe.Usage;
import dev.persistence.bench.report.Machine;
import dev.persistence.bench.report.RunReport;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.workload.Workload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run, measured all around: probes on, send, flush, probes off, count. Runs may follow each other on the same
 * service, of the same or of different objects, but not overlap. Used by one thread.
 */
public final class MeasuredRun {

    /** Learns how a run goes on; called by the generator's thread, and must return at once. */
    @FunctionalInterface
    public interface Listener {

        Listener NONE = (now, buffer) -> {};

        /** So far it is; {@code buffer} is the service's own account, where it gives one. */
        void progressed(LoadListener.Progress now, Optional<Usage.Sample> buffer);
    }

    private final MeasuredService service;
    private final String title;
    private final Map<String, String> setup;
    private final Duration sampleInterval;

    public MeasuredRun(MeasuredService service, String title, Map<String, String> setup) {
        this(service, title, setup, Probe.USUAL_INTERVAL);
    }

    /** @param sampleInterval how often the service is asked for the state of its ring */
    public MeasuredRun(MeasuredService service, String title, Map<String, String> setup, Duration sampleInterval) {
        this.service = service;
        this.title = title;
        this.setup = new LinkedHashMap<>(setup);
        this.sampleInterval = sampleInterval;
    }

    /**
     * Sends the workload. If the run fails, nothing is flushed or counted, and the report says why.
     *
     * @param session the {@code session_id} of all records, by which rows are counted; without, all rows of both tables
     * @throws dev.persistence.bench.load.LoadException if the service cannot be connected to, or the flush fails
     */
    public RunReport run(Workload workload, LoadOptions options, Optional<String> session, Listener listener)
            throws IOException, InterruptedException {
        Instant began = Instant.now();
        Map<String, String> machine = machine();
        LoadGenerator generator = new LoadGenerator(service.host(), service.port());
        try (Probe probe =
                new Probe(service.host(), service.port(), service.pid(), service.database(), sampleInterval)) {
            Optional<Long> before = rows(session);
            probe.begin();
            LoadResult load = generator.run(workload, options, now -> listener.progressed(now, probe.latest()));
            boolean complete = load.failure().isEmpty();
            long visibleAt = complete ? generator.flush() : load.endNanos();
            Usage usage = probe.end();
            double seconds = (visibleAt - load.beginNanos()) / 1e9;
            RunReport.Visible visible = complete
                    ? counted(before, rows(session), usage.samples(), seconds)
                    : new RunReport.Visible(0, seconds, RunReport.CountedBy.NOBODY);
            return new RunReport(title, began, setup, machine, load, visible, usage);
        }
    }

    private Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>(Machine.describe());
        service.database().map(BenchDatabase::version).ifPresent(version -> machine.put("database", version));
        return machine;
    }

    private Optional<Long> rows(Optional<String> session) {
        return service.database()
                .map(database -> session.map(database::countOfSession)
                        .orElseGet(() -> database.count(BenchDatabase.TASKS) + database.count(BenchDatabase.SESSIONS)));
    }

    private static RunReport.Visible counted(
            Optional<Long> before, Optional<Long> after, List<Usage.Sample> samples, double seconds) {
        if (before.isPresent() && after.isPresent()) {
            return new RunReport.Visible(after.get() - before.get(), seconds, RunReport.CountedBy.DATABASE);
        }
        if (samples.isEmpty()) {
            return new RunReport.Visible(0, seconds, RunReport.CountedBy.NOBODY);
        }
        long rows =
                samples.get(samples.size() - 1).writtenRows() - samples.get(0).writtenRows();
        return new RunReport.Visible(rows, seconds, RunReport.CountedBy.SERVICE);
    }
}
