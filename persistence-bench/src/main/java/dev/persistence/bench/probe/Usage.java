package dev.persistence.bench.probe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a run cost. Empty is what could not be read; {@code notes} says why.
 *
 * @param generatorCpuSeconds processor time of this JVM, probes included
 * @param serviceCpuSeconds of the service
 * @param databaseCpuSeconds of the database server, whoever else uses it
 * @param jvm what the service's JVM says of itself
 * @param peakMemoryBytes the most memory the service has held since its start (resident set)
 * @param statements what the database server counted, whoever else uses it
 * @param samples the ring over time
 */
public record Usage(
        double generatorCpuSeconds,
        OptionalDouble serviceCpuSeconds,
        OptionalDouble databaseCpuSeconds,
        Optional<Jvm> jvm,
        OptionalLong peakMemoryBytes,
        Optional<Statements> statements,
        List<Sample> samples,
        List<String> notes) {

    public Usage {
        samples = List.copyOf(samples);
        notes = List.copyOf(notes);
    }

    /**
     * The service's JVM. Allocation is that of threads that are still alive at the end, without those of JMX itself.
     *
     * @param allocatedBytes of all threads
     * @param eventLoopBytes of the threads {@code http-N}
     * @param writerBytes of the thread {@code batch-writer}
     * @param collections how many garbage collections there were
     * @param pauseMillis their pauses in all
     * @param longestPauseMillis the longest of them
     * @param heapAfterCollectionBytes the most heap that was in use right after a collection; 0 without one
     */
    public record Jvm(
            long allocatedBytes,
            long eventLoopBytes,
            long writerBytes,
            long collections,
            long pauseMillis,
            long longestPauseMillis,
            long heapAfterCollectionBytes) {}

    /** Statements that the database server counted. */
    public record Statements(long inserts, long commits) {}

    /**
     * The service's buffer at one moment.
     *
     * @param nanos {@link System#nanoTime}
     * @param ringSize slots
     * @param ringRemaining free slots
     * @param unwrittenBytes of all accepted, unwritten records
     * @param writtenRecords since the start of the service
     * @param writtenRows since the start of the service
     */
    public record Sample(
            long nanos, long ringSize, long ringRemaining, long unwrittenBytes, long writtenRecords, long writtenRows) {

        public double fillPercent() {
            return ringSize == 0 ? 0 : 100.0 * (ringSize - ringRemaining) / ringSize;
        }
    }
}
