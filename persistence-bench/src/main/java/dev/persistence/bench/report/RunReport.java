package dev.persistence.bench.report;

import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.probe.Usage;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * All figures of one run.
 *
 * @param title what was run, for people
 * @param began when
 * @param setup what was asked for, by name, in the order to be shown
 * @param machine what it ran on, alike
 * @param load what was sent and answered
 * @param visible what of it was found in the database
 * @param usage what it cost
 */
public record RunReport(
        String title,
        Instant began,
        Map<String, String> setup,
        Map<String, String> machine,
        LoadResult load,
        Visible visible,
        Usage usage) {

    public RunReport {
        setup = Collections.unmodifiableMap(new LinkedHashMap<>(setup));
        machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
    }

    /**
     * Rows that were there once the flush after the run was answered.
     *
     * @param rows of this run
     * @param seconds from the first request to the flush's answer
     * @param countedBy who counted them
     */
    public record Visible(long rows, double seconds, CountedBy countedBy) {

        public double rowsPerSecond() {
            return rows / seconds;
        }
    }

    /** Who counted the rows. */
    public enum CountedBy {
        /** {@code SELECT COUNT(*)}. */
        DATABASE,
        /** The service, in its statistics: rows written, those written twice counted twice. */
        SERVICE,
        /** Nobody could. */
        NOBODY
    }

    /** Accepted records a second until all of them were written, whether each got a row or was merged into another's. */
    public double writtenRecordsPerSecond() {
        return load.acceptedRecords() / visible.seconds();
    }

    public double generatorMicrosPerRecord() {
        return perRecord(usage.generatorCpuSeconds() * 1e6);
    }

    public OptionalDouble serviceMicrosPerRecord() {
        return perRecord(usage.serviceCpuSeconds(), 1e6);
    }

    public OptionalDouble databaseMicrosPerRecord() {
        return perRecord(usage.databaseCpuSeconds(), 1e6);
    }

    /** Bytes that all threads of the service allocated. */
    public OptionalDouble allocatedBytesPerRecord() {
        return perRecord(usage.jvm().map(Usage.Jvm::allocatedBytes));
    }

    /** Bytes that the service's event loops allocated. */
    public OptionalDouble eventLoopBytesPerRecord() {
        return perRecord(usage.jvm().map(Usage.Jvm::eventLoopBytes));
    }

    /** INSERT statements that the database server counted. */
    public OptionalDouble insertsPerRecord() {
        return perRecord(usage.statements().map(Usage.Statements::inserts));
    }

    /** The fullest the ring was seen, in percent. */
    public OptionalDouble fullestRingPercent() {
        return usage.samples().stream().mapToDouble(Usage.Sample::fillPercent).max();
    }

    /** The most accepted, unwritten bytes that were seen. */
    public OptionalLong mostUnwrittenBytes() {
        return usage.samples().stream().mapToLong(Usage.Sample::unwrittenBytes).max();
    }

    private OptionalDouble perRecord(Optional<Long> sum) {
        return sum.isPresent() ? OptionalDouble.of(perRecord(sum.get())) : OptionalDouble.empty();
    }

    private OptionalDouble perRecord(OptionalDouble sum, double unit) {
        return sum.isPresent() ? OptionalDouble.of(perRecord(sum.getAsDouble() * unit)) : OptionalDouble.empty();
    }

    private double perRecord(double sum) {
        return sum / load.acceptedRecords();
    }
}
