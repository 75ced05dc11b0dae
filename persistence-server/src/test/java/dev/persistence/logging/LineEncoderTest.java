package dev.persistence.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.persistence.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineEncoderTest {

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void haveALogContext() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @Test
    void json_isOneObjectALine() {
        String line = encode("json", event("say \"hi\"\nto {}", null, "ü"));

        assertTrue(line.endsWith("}\n"), line);
        assertEquals(line.length() - 1, line.indexOf('\n'));
        assertEquals(
                Map.of(
                        "time", "2026-01-02T03:04:05.678Z",
                        "level", "WARN",
                        "logger", "dev.persistence.Some",
                        "thread", "batch-writer",
                        "message", "say \"hi\"\nto ü"),
                JsonTree.parse(line));
    }

    @Test
    void logContext_isAmongTheMembers() {
        LoggingEvent event = event("text", null);
        event.setMDCPropertyMap(Map.of("trace_id", "0af7651916cd43dd8448eb211c80319c", "span_id", "b7ad6b7169203331"));

        Object json = JsonTree.parse(encode("json", event));

        assertEquals("0af7651916cd43dd8448eb211c80319c", JsonTree.at(json, "trace_id"));
        assertEquals("b7ad6b7169203331", JsonTree.at(json, "span_id"));
    }

    @Test
    void stackTrace_isOneText() {
        Throwable failure = new IllegalStateException("outer", new IllegalArgumentException("inner"));

        String trace = (String) JsonTree.at(JsonTree.parse(encode("json", event("text", failure))), "stack_trace");

        assertTrue(trace.startsWith("java.lang.IllegalStateException: outer"), trace);
        assertTrue(trace.contains("\tat dev.persistence.logging.LineEncoderTest"), trace);
        assertTrue(trace.contains("Caused by: java.lang.IllegalArgumentException: inner"), trace);
    }

    @Test
    void text_isByThePattern() {
        assertEquals("WARN - text\n", encode("text", event("text", null)));
    }

    @Test
    void unknownFormat_isRefusedByTheVariablesName() {
        LogFormat.check(Map.of());
        LogFormat.check(Map.of(LogFormat.VARIABLE, "json"));

        assertEquals(
                "PERSISTENCE_LOG_FORMAT: \"xml\" (expected text or json)",
                assertThrows(IllegalArgumentException.class, () -> LogFormat.check(Map.of(LogFormat.VARIABLE, "xml")))
                        .getMessage());
    }

    private String encode(String format, LoggingEvent event) {
        LineEncoder encoder = new LineEncoder();
        encoder.setContext(context);
        encoder.setFormat(format);
        encoder.setPattern("%level - %msg\n");
        encoder.start();
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private LoggingEvent event(String message, Throwable thrown, Object... arguments) {
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("dev.persistence.Some"), Level.WARN, message, thrown, arguments);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
        event.setThreadName("batch-writer");
        return event;
    }
}
