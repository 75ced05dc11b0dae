package dev.persistence.logging;

import java.util.Map;
import java.util.Optional;

/** How a line of the log is written. */
public enum LogFormat {
    /** For people: what {@code logback.xml} says as pattern. */
    TEXT,
    /** For programs: one JSON object a line. */
    JSON;

    /** The variable of the environment that chooses. */
    public static final String VARIABLE = "PERSISTENCE_LOG_FORMAT";

    /** The system property of the same effect, which wins. */
    public static final String PROPERTY = "persistence.log.format";

    /** The format of that name. */
    static Optional<LogFormat> of(String name) {
        return switch (name.strip()) {
            case "text", "" -> Optional.of(TEXT);
            case "json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }

    /**
     * Holds what was chosen against what there is. Lines are text meanwhile.
     *
     * @throws IllegalArgumentException that names the variable or property
     */
    public static void check(Map<String, String> environment) {
        String property = System.getProperty(PROPERTY);
        String source = property == null ? VARIABLE : PROPERTY;
        String given = property == null ? environment.getOrDefault(VARIABLE, "") : property;
        if (of(given).isEmpty()) {
            throw new IllegalArgumentException(source + ": \"" + given + "\" (expected text or json)");
        }
    }
}
