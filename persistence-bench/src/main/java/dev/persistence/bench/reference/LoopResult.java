package dev.persistence.bench.reference;

/**
 * What a loop did between its first statement and its last commit.
 *
 * @param records that were sent, each as a row of its own
 * @param statements executed
 * @param transactions committed
 * @param nanos of wall-clock time
 * @param cpuNanos that this JVM spent meanwhile, on all its threads: so nothing else should run in it
 */
public record LoopResult(long records, long statements, long transactions, long nanos, long cpuNanos) {

    public double recordsPerSecond() {
        return records * 1e9 / nanos;
    }

    public double seconds() {
        return nanos / 1e9;
    }

    public double cpuSeconds() {
        return cpuNanos / 1e9;
    }

    public double cpuMicrosPerRecord() {
        return cpuNanos / 1e3 / records;
    }
}
