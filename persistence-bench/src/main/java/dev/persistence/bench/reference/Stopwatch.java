package dev.persistence.bench.reference;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Times one run of a loop. Used by one thread. */
final class Stopwatch {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long startNanos = System.nanoTime();
    private final long startCpuNanos = PROCESS.getProcessCpuTime();

    LoopResult stop(long records, long statements, long transactions) {
        long nanos = System.nanoTime() - startNanos;
        return new LoopResult(records, statements, transactions, nanos, PROCESS.getProcessCpuTime() - startCpuNanos);
    }
}
