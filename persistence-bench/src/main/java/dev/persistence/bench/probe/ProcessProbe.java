package dev.persistence.bench.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the system says of a process. Any thread. */
final class ProcessProbe {

    private static final String PEAK = "VmHWM:";

    private final long pid;

    ProcessProbe(long pid) {
        this.pid = pid;
    }

    /** Processor time since its start, in steps of some 10 ms; empty once it has ended or belongs to another user. */
    OptionalDouble cpuSeconds() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .map(nanos -> OptionalDouble.of(nanos / 1e9))
                .orElse(OptionalDouble.empty());
    }

    /** The most memory it has held at once; empty where the system does not say (Linux does). */
    OptionalLong peakMemoryBytes() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .map(line -> line.substring(PEAK.length()).replace("kB", "").strip())
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                    .findFirst();
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }
}
