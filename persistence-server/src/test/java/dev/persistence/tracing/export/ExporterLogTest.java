package dev.persistence.tracing.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import dev.persistence.LogLines;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExporterLogTest {

    private static final String AWAY =
            "Tracing: spans could not be sent (ConnectException); see OTEL_EXPORTER_OTLP_ENDPOINT";

    private final LogLines lines = new LogLines();
    private final AtomicLong nanos = new AtomicLong();
    private final ExporterLog log = new ExporterLog(nanos::get);

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void collectorThatIsAway_isOneLineAMinute() {
        complain(new ConnectException());
        complain(new ConnectException());
        complain(new ConnectException());
        assertEquals(List.of(AWAY), lines.of(Level.WARN));

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        complain(new ConnectException());

        assertEquals(
                List.of(AWAY, AWAY + " (2 more complaints since the last one were left out)"), lines.of(Level.WARN));
    }

    @Test
    void failureThatMayRepeatAHeader_isNamedByItsKindOnly() {
        complain(new IllegalArgumentException("invalid header value: \"s3cret\""));

        assertEquals(
                List.of("Tracing: spans could not be sent (java.lang.IllegalArgumentException)"), lines.of(Level.WARN));
    }

    @Test
    void complaintWithoutFailure_isItsFirstLine() {
        log.publish(new LogRecord(java.util.logging.Level.WARNING, "Server responded with 503\nand more"));

        assertEquals(List.of("Tracing: Server responded with 503"), lines.of(Level.WARN));
    }

    @Test
    void detailsOfTheLibrary_areLeftOut() {
        log.publish(new LogRecord(java.util.logging.Level.INFO, "exported"));

        assertEquals(List.of(), lines.of(Level.WARN));
    }

    private void complain(Throwable cause) {
        LogRecord complaint = new LogRecord(java.util.logging.Level.SEVERE, "Failed to export spans");
        complaint.setThrown(cause);
        log.publish(complaint);
    }
}
