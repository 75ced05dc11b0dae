package dev.persistence.tracing.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.tracing.Tracing;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the standard variables do. Nothing listens at the endpoint: no test makes a span. */
class TraceExportTest {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String SOMEWHERE = "http://127.0.0.1:9";

    @Test
    void noVariable_isOff() {
        assertSame(Tracing.OFF, open(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://127.0.0.1:9",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://127.0.0.1:9/v1/traces",
        "OTEL_TRACES_EXPORTER, otlp"
    })
    void endpointOrExporter_isOn(String variable, String value) {
        try (Tracing tracing = open(Map.of(variable, value))) {
            assertTrue(tracing.isOn());
        }
    }

    @ParameterizedTest
    @CsvSource({"OTEL_SDK_DISABLED, true", "OTEL_SDK_DISABLED, TRUE", "OTEL_TRACES_EXPORTER, none"})
    void disabledOrNone_isOffInSpiteOfAnEndpoint(String variable, String value) {
        assertSame(Tracing.OFF, open(Map.of(ENDPOINT, SOMEWHERE, variable, value)));
    }

    @Test
    void emptyVariable_countsAsNotSet() {
        assertSame(Tracing.OFF, open(Map.of(ENDPOINT, "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTEL_SDK_DISABLED | yes | OTEL_SDK_DISABLED: \"yes\" (expected true or false)",
                "OTEL_TRACES_EXPORTER | zipkin | OTEL_TRACES_EXPORTER: \"zipkin\" (expected otlp or none)",
                "OTEL_EXPORTER_OTLP_PROTOCOL | grpc | OTEL_EXPORTER_OTLP_PROTOCOL: \"grpc\" (expected http/protobuf)",
                "OTEL_EXPORTER_OTLP_ENDPOINT | collector:4318 | OTEL_EXPORTER_OTLP_ENDPOINT: not a URL (expected one such as"
                        + " http://localhost:4318)",
                "OTEL_EXPORTER_OTLP_COMPRESSION | zip | OTEL_EXPORTER_OTLP_COMPRESSION: \"zip\" (expected gzip or none)",
                "OTEL_EXPORTER_OTLP_CERTIFICATE | /no/such.pem | OTEL_EXPORTER_OTLP_CERTIFICATE: \"/no/such.pem\" (expected a"
                        + " readable file in PEM)",
                "OTEL_TRACES_SAMPLER | sometimes | OTEL_TRACES_SAMPLER: cannot be used (Unrecognized value for"
                        + " otel.traces.sampler: sometimes)",
                "OTEL_BSP_MAX_QUEUE_SIZE | many | OTEL_BSP_MAX_QUEUE_SIZE: cannot be used (Invalid value for property"
                        + " otel.bsp.max.queue.size=many. Must be a integer.)"
            })
    void wrongValue_isRefusedByTheVariablesName(String variable, String value, String message) {
        assertEquals(message, refusal(Map.of(variable, value)));
    }

    @Test
    void samplersArgument_isANumberFrom0To1() {
        assertEquals(
                "OTEL_TRACES_SAMPLER_ARG: \"2\" (expected a number from 0 to 1)",
                refusal(Map.of("OTEL_TRACES_SAMPLER", "parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG", "2")));
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_HEADERS, s3cret",
        "OTEL_EXPORTER_OTLP_HEADERS, authorization=s3cret%0A",
        "OTEL_EXPORTER_OTLP_TRACES_HEADERS, not a name=s3cret",
        "OTEL_RESOURCE_ATTRIBUTES, s3cret",
        "OTEL_EXPORTER_OTLP_ENDPOINT, ftp://user:s3cret@host"
    })
    void valueThatMayHoldASecret_isNotRepeated(String variable, String value) {
        String message = refusal(Map.of(variable, value));

        assertTrue(message.startsWith(variable + ": "), message);
        assertFalse(message.contains("s3cret"), message);
    }

    @Test
    void wrongValue_isRefusedEvenWhereTracingIsOff() {
        assertThrows(
                IllegalArgumentException.class, () -> TraceExport.check(Map.of("OTEL_TRACES_EXPORTER", "console")));
    }

    private static Tracing open(Map<String, String> environment) {
        TraceExport.check(environment);
        return TraceExport.open(environment, "1");
    }

    private static String refusal(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(Map.of(ENDPOINT, SOMEWHERE));
        environment.putAll(variables);
        return assertThrows(IllegalArgumentException.class, () -> TraceExport.check(environment))
                .getMessage();
    }
}
