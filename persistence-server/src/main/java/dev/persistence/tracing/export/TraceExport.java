package dev.persistence.tracing.export;

import dev.persistence.tracing.Tracing;
import java.util.Map;

/**
 * Tracing as the environment asks for it: on where {@code OTEL_EXPORTER_OTLP_ENDPOINT}, {@code
 * OTEL_EXPORTER_OTLP_TRACES_ENDPOINT} or {@code OTEL_TRACES_EXPORTER=otlp} is set, unless {@code OTEL_SDK_DISABLED=true} or
 * {@code OTEL_TRACES_EXPORTER=none} says otherwise. Loads nothing of the library where it is off.
 */
public final class TraceExport {

    private TraceExport() {}

    /**
     * Holds the variables against what is allowed, whether tracing is on or not. Sends nothing.
     *
     * @throws IllegalArgumentException that names the variable, and repeats no secret
     */
    public static void check(Map<String, String> environment) {
        TraceVariables variables = new TraceVariables(environment);
        variables.check();
        if (variables.ask()) {
            SdkSetup.open(variables, "").close();
        }
    }

    /**
     * Begins to trace, or does not.
     *
     * @param version of the service, as its traces name it
     */
    public static Tracing open(Map<String, String> environment, String version) {
        TraceVariables variables = new TraceVariables(environment);
        return variables.ask() ? SdkSetup.open(variables, version) : Tracing.OFF;
    }
}
