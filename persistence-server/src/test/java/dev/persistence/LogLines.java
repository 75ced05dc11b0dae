package dev.persistence;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** What the service logs while this is open, instead of the console. */
public final class LogLines implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.persistence");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent line) {
            line.prepareForDeferredProcessing(); // the log context is that of the thread that logs
            super.append(line);
        }
    };

    public LogLines() {
        appender.start();
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    /** The messages of one level so far. */
    public List<String> of(Level level) {
        return List.copyOf(appender.list).stream()
                .filter(line -> line.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The log context of each message of one level so far. */
    public List<Map<String, String>> contextsOf(Level level) {
        return List.copyOf(appender.list).stream()
                .filter(line -> line.getLevel().equals(level))
                .map(ILoggingEvent::getMDCPropertyMap)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }
}
