package dev.persistence.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Writes log lines by their pattern, or as JSON; the one encoder of {@code logback.xml}. The appender's thread. */
public final class LineEncoder extends PatternLayoutEncoder {

    private LogFormat format = LogFormat.TEXT; // set before the start, by the thread that configures the log

    /** By name, as the configuration gives it; an unknown one is text, and ends the service's start elsewhere. */
    public void setFormat(String name) {
        format = LogFormat.of(name).orElse(LogFormat.TEXT);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return format == LogFormat.JSON ? JsonLine.of(event) : super.encode(event);
    }
}
