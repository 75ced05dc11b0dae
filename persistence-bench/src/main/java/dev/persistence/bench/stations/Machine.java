package dev.persistence.bench.stations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** What figures cannot be read without. */
public final class Machine {

    private Machine() {}

    /** Time, processor, system and JVM, a line each. */
    public static List<String> facts() {
        return List.of(
                "measured: " + Instant.now().truncatedTo(ChronoUnit.SECONDS),
                "processor: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
                "system: " + property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
                "JVM: " + property("java.vm.name") + " " + property("java.vm.version"));
    }

    private static String property(String name) {
        return System.getProperty(name);
    }

    /** Linux alone tells the model to everybody. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
