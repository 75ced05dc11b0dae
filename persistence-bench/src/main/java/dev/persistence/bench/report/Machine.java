package dev.persistence.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The machine that a run is on, which is what its figures are worth. */
public final class Machine {

    private Machine() {}

    /** Processor, cores, system and Java by name. */
    public static Map<String, String> describe() {
        Map<String, String> machine = new LinkedHashMap<>();
        first("/proc/cpuinfo", "model name").ifPresent(model -> machine.put("processor", model));
        machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        machine.put("memory", (system.getTotalMemorySize() >> 20) + " MiB");
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        return machine;
    }

    /** The value of the first line {@code name : value} of this name. */
    private static Optional<String> first(String file, String name) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException otherSystem) {
            return Optional.empty();
        }
    }
}
