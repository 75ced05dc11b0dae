package dev.persistence.tracing.export;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/**
 * Brings what the library complains of by {@code java.util.logging} into our log, as one line without a stack trace, and at
 * most one a minute: a collector that is away is no affair of the records. Any thread.
 */
final class ExporterLog extends Handler {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ExporterLog.class);

    private static final Formatter MESSAGES = new SimpleFormatter();
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger library = Logger.getLogger("io.opentelemetry");
    private final LongSupplier nanos;
    private final AtomicLong quietUntil;
    private final AtomicLong leftOut = new AtomicLong();

    ExporterLog(LongSupplier nanos) {
        this.nanos = nanos;
        this.quietUntil = new AtomicLong(nanos.getAsLong());
        setLevel(Level.WARNING);
    }

    /** Takes the place of the console, where Java would write it. */
    static ExporterLog install() {
        ExporterLog log = new ExporterLog(System::nanoTime);
        log.library.addHandler(log);
        log.library.setUseParentHandlers(false);
        return log;
    }

    @Override
    public void publish(LogRecord complaint) {
        if (!isLoggable(complaint)) {
            return;
        }
        long now = nanos.getAsLong();
        long until = quietUntil.get();
        if (now - until < 0 || !quietUntil.compareAndSet(until, now + INTERVAL_NANOS)) {
            leftOut.incrementAndGet();
            return;
        }
        long more = leftOut.getAndSet(0);
        LOG.warn(
                "Tracing: {}{}",
                text(complaint),
                more == 0 ? "" : " (" + more + " more complaints since the last one were left out)");
    }

    /** Of failures of the network only the kind: what the library's own messages repeat may be a header's value. */
    private static String text(LogRecord complaint) {
        Throwable cause = complaint.getThrown();
        if (cause == null) {
            return MESSAGES.formatMessage(complaint).lines().findFirst().orElse("");
        }
        return cause instanceof IOException
                ? "spans could not be sent (" + cause.getClass().getSimpleName() + "); see OTEL_EXPORTER_OTLP_ENDPOINT"
                : "spans could not be sent (" + cause.getClass().getName() + ")";
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        library.removeHandler(this);
        library.setUseParentHandlers(true);
    }
}
