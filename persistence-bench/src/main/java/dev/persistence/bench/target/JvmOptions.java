package dev.persistence.bench.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The JVM options of measured servers: the environment's {@code SERVICE_OPTS}, then the caller's, which win. */
final class JvmOptions {

    private JvmOptions() {}

    static List<String> of(Map<String, String> environment, List<String> more) {
        List<String> options = new ArrayList<>();
        String given = environment.getOrDefault("SERVICE_OPTS", "").strip();
        if (!given.isEmpty()) {
            options.addAll(List.of(given.split("\\s+")));
        }
        options.addAll(more);
        return options;
    }
}
