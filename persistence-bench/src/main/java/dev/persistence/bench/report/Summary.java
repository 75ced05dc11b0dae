package dev.persistence.bench.report;

import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.load.ResponseTimes;
import dev.persistence.bench.probe.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A report as lines for a terminal. */
public final class Summary {

    private static final double MEBI = 1 << 20;

    private final List<String> lines = new ArrayList<>();
    private final RunReport report;

    private Summary(RunReport report) {
        this.report = report;
    }

    /** The figures, one a line. */
    public static List<String> of(RunReport report) {
        Summary summary = new Summary(report);
        summary.flow();
        summary.times("response time", report.load().accepted());
        summary.times("  of refusals", report.load().refused());
        summary.times("  of it waited", report.load().waits());
        summary.cost();
        report.usage().notes().forEach(note -> summary.line("not measured", note));
        report.load().failure().ifPresent(failure -> summary.line("FAILED", failure));
        return List.copyOf(summary.lines);
    }

    private void flow() {
        LoadResult load = report.load();
        RunReport.Visible visible = report.visible();
        line(
                "accepted",
                "%,d records in %.2f s: %,.0f records/s",
                load.acceptedRecords(),
                load.seconds(),
                load.acceptedRecordsPerSecond());
        if (visible.countedBy() == RunReport.CountedBy.NOBODY) {
            line("written", "all after %.2f s: %,.0f records/s", visible.seconds(), report.writtenRecordsPerSecond());
        } else {
            line(
                    "visible",
                    "%,d rows (counted by the %s) after %.2f s: %,.0f rows/s, %,.0f records/s",
                    visible.rows(),
                    visible.countedBy().name().toLowerCase(Locale.ROOT),
                    visible.seconds(),
                    visible.rowsPerSecond(),
                    report.writtenRecordsPerSecond());
        }
        String byStatus = load.refusals().entrySet().stream()
                .map(status -> "%,d with %d".formatted(status.getValue(), status.getKey()))
                .collect(Collectors.joining(", "));
        line("refusals", byStatus.isEmpty() ? "none" : byStatus);
    }

    private void times(String name, ResponseTimes times) {
        if (times.count() > 0) {
            line(
                    name,
                    "p50 %s, p90 %s, p99 %s, p99.9 %s, max %s ms (%,d requests)",
                    millis(times.p50()),
                    millis(times.p90()),
                    millis(times.p99()),
                    millis(times.p999()),
                    millis(times.max()),
                    times.count());
        }
    }

    private void cost() {
        Usage usage = report.usage();
        cpu("CPU of service", usage.serviceCpuSeconds(), report.serviceMicrosPerRecord());
        cpu("CPU of database", usage.databaseCpuSeconds(), report.databaseMicrosPerRecord());
        cpu(
                "CPU of generator",
                OptionalDouble.of(usage.generatorCpuSeconds()),
                OptionalDouble.of(report.generatorMicrosPerRecord()));
        usage.jvm().ifPresent(jvm -> {
            line(
                    "allocation",
                    "%,.0f bytes a record, of which event loops %,.0f",
                    report.allocatedBytesPerRecord().orElse(0),
                    report.eventLoopBytesPerRecord().orElse(0));
            line(
                    "GC pauses",
                    "%,d, %,d ms in all, longest %,d ms",
                    jvm.collections(),
                    jvm.pauseMillis(),
                    jvm.longestPauseMillis());
        });
        memory("peak memory", usage.peakMemoryBytes());
        report.fullestRingPercent().ifPresent(percent -> line("fullest ring", "%.1f %%", percent));
        usage.statements()
                .ifPresent(statements -> line(
                        "statements",
                        "%,d INSERT and %,d COMMIT: %.5f INSERT a record",
                        statements.inserts(),
                        statements.commits(),
                        report.insertsPerRecord().orElse(0)));
    }

    private void cpu(String name, OptionalDouble seconds, OptionalDouble micros) {
        if (seconds.isPresent()) {
            line(name, "%.2f s: %.2f µs a record", seconds.getAsDouble(), micros.orElse(0));
        }
    }

    private void memory(String name, OptionalLong bytes) {
        if (bytes.isPresent()) {
            line(name, "%,.0f MiB", bytes.getAsLong() / MEBI);
        }
    }

    private void line(String name, String text, Object... values) {
        String filled = values.length == 0 ? text : String.format(Locale.ROOT, text, values);
        lines.add(String.format(Locale.ROOT, "%-17s %s", name, filled));
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, micros < 100_000 ? "%.2f" : "%.0f", micros / 1e3);
    }
}
