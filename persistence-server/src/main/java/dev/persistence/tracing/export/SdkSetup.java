package dev.persistence.tracing.export;

import dev.persistence.tracing.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the SDK out of the variables, for traces only. */
final class SdkSetup {

    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> SERVICE_VERSION = AttributeKey.stringKey("service.version");
    private static final String OUR_NAME = "persistence-service";
    private static final String UNNAMED = "unknown_service";

    private static final Pattern PROPERTY = Pattern.compile("otel\\.[a-z0-9_.-]*[a-z0-9]");

    private SdkSetup() {}

    static Tracing open(TraceVariables variables, String version) {
        ExporterLog complaints = ExporterLog.install();
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook() // the service closes it, behind the last flush
                    .addPropertiesSupplier(() -> given(variables))
                    .addPropertiesCustomizer(config -> tracesOnly())
                    .addResourceCustomizer((resource, config) -> named(resource, version))
                    .build()
                    .getOpenTelemetrySdk();
            return new SdkTracing(sdk, version, complaints);
        } catch (RuntimeException unusable) {
            complaints.close();
            throw new IllegalArgumentException(reason(unusable));
        }
    }

    /** Java's own HTTP client sends, which knows no gRPC. */
    private static Map<String, String> given(TraceVariables variables) {
        Map<String, String> properties = new HashMap<>();
        properties.put("otel.exporter.otlp.protocol", TraceVariables.PROTOCOL);
        properties.putAll(variables.properties());
        return properties;
    }

    private static Map<String, String> tracesOnly() {
        return Map.of(
                "otel.traces.exporter", TraceVariables.OTLP,
                "otel.metrics.exporter", TraceVariables.NONE,
                "otel.logs.exporter", TraceVariables.NONE);
    }

    private static Resource named(Resource resource, String version) {
        Attributes ours = Attributes.builder()
                .put(SERVICE_NAME, OUR_NAME)
                .put(SERVICE_VERSION, version)
                .build();
        String name = resource.getAttribute(SERVICE_NAME);
        boolean unnamed = name == null || name.startsWith(UNNAMED);
        return unnamed
                ? resource.merge(Resource.create(ours))
                : Resource.create(ours).merge(resource);
    }

    /** The library's words, by the variable's name; of headers and attributes none, since they repeat the value. */
    private static String reason(RuntimeException unusable) {
        Throwable cause = unusable;
        while (cause.getCause() != null) {
            cause = cause.getCause(); // the outermost may say no more than that something is wrong
        }
        String words = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        Matcher property = PROPERTY.matcher(words);
        if (!property.find()) {
            return "OTEL_ variables: tracing cannot be set up: " + words;
        }
        String variable = TraceVariables.variable(property.group());
        boolean mayHoldSecret = variable.endsWith("HEADERS") || variable.endsWith("ATTRIBUTES");
        return variable + ": cannot be used" + (mayHoldSecret ? "" : " (" + words + ")");
    }
}
