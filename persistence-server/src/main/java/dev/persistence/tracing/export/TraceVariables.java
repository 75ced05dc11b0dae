package dev.persistence.tracing.export;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The standard variables of the environment that switch tracing on and shape it. Those whose wrong value the library would
 * pass over, or would name without its variable, are judged here. No message repeats a value that may hold a secret.
 */
final class TraceVariables {

    static final String DISABLED = "OTEL_SDK_DISABLED";
    static final String EXPORTER = "OTEL_TRACES_EXPORTER";
    static final String SAMPLER = "OTEL_TRACES_SAMPLER";
    static final String SAMPLER_ARGUMENT = "OTEL_TRACES_SAMPLER_ARG";
    static final String OTLP = "otlp";
    static final String NONE = "none";
    static final String PROTOCOL = "http/protobuf";

    private static final String PREFIX = "OTEL_";
    private static final List<String> KINDS = List.of("OTEL_EXPORTER_OTLP_", "OTEL_EXPORTER_OTLP_TRACES_");
    private static final List<String> FILES = List.of("CERTIFICATE", "CLIENT_CERTIFICATE", "CLIENT_KEY");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E]+");

    private final Map<String, String> variables = new HashMap<>();

    /** @param environment of which those that are empty count as not set, as the standard says */
    TraceVariables(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                variables.put(name, value.strip());
            }
        });
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** Whether tracing is wished for. */
    boolean ask() {
        boolean disabled = get(DISABLED).map(Boolean::parseBoolean).orElse(false);
        String exporter = get(EXPORTER).orElse(endpointIsGiven() ? OTLP : NONE);
        return !disabled && !exporter.equals(NONE);
    }

    private boolean endpointIsGiven() {
        return KINDS.stream().anyMatch(kind -> get(kind + "ENDPOINT").isPresent());
    }

    /**
     * Holds the values against what is allowed.
     *
     * @throws IllegalArgumentException that names the variable
     */
    void check() {
        get(DISABLED)
                .ifPresent(value -> require(
                        value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"),
                        DISABLED + ": \"" + value + "\" (expected true or false)"));
        get(EXPORTER)
                .ifPresent(value -> require(
                        value.equals(OTLP) || value.equals(NONE),
                        EXPORTER + ": \"" + value + "\" (expected otlp or none)"));
        KINDS.forEach(this::checkExporter);
        checkSampler();
    }

    private void checkExporter(String kind) {
        get(kind + "PROTOCOL")
                .ifPresent(value -> require(
                        value.equals(PROTOCOL), kind + "PROTOCOL: \"" + value + "\" (expected " + PROTOCOL + ")"));
        get(kind + "ENDPOINT")
                .ifPresent(value -> require(
                        isHttpUrl(value), kind + "ENDPOINT: not a URL (expected one such as http://localhost:4318)"));
        get(kind + "HEADERS")
                .ifPresent(value -> require(
                        areHeaders(value), kind + "HEADERS: not a list of headers (expected name=value,name=value)"));
        get(kind + "COMPRESSION")
                .ifPresent(value -> require(
                        value.equals("gzip") || value.equals(NONE),
                        kind + "COMPRESSION: \"" + value + "\" (expected gzip or none)"));
        for (String file : FILES) {
            get(kind + file)
                    .ifPresent(value -> require(
                            Files.isReadable(Path.of(value)),
                            kind + file + ": \"" + value + "\" (expected a readable file in PEM)"));
        }
    }

    private void checkSampler() {
        if (get(SAMPLER).orElse("").endsWith("traceidratio")) {
            get(SAMPLER_ARGUMENT)
                    .ifPresent(value -> require(
                            isRatio(value), SAMPLER_ARGUMENT + ": \"" + value + "\" (expected a number from 0 to 1)"));
        }
    }

    private static boolean isRatio(String value) {
        try {
            double ratio = Double.parseDouble(value);
            return ratio >= 0 && ratio <= 1;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static boolean isHttpUrl(String value) {
        try {
            URI url = new URI(value);
            return url.getHost() != null && List.of("http", "https").contains(url.getScheme());
        } catch (java.net.URISyntaxException notAUrl) {
            return false;
        }
    }

    private static boolean areHeaders(String value) {
        for (String header : value.split(",", -1)) {
            String[] parts = header.split("=", 2);
            if (header.isBlank()) {
                continue;
            }
            if (parts.length != 2
                    || !HEADER_NAME.matcher(parts[0].strip()).matches()
                    || !HEADER_VALUE.matcher(decoded(parts[1].strip())).matches()) {
                return false;
            }
        }
        return true;
    }

    /** As the exporter decodes it; what it cannot decode it takes as it is. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The same by the names that the library gives them: {@code OTEL_BSP_SCHEDULE_DELAY} is {@code otel.bsp.schedule.delay}. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        variables.forEach(
                (name, value) -> properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        return properties;
    }

    /** The variable of such a name. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
