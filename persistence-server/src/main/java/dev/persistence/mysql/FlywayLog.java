package dev.persistence.mysql;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Flyway's chatter at DEBUG: it warns of every server newer than itself, which would only puzzle. What goes wrong
 * it throws as well. Public because Flyway makes it by its name.
 */
public final class FlywayLog implements LogCreator {

    @Override
    public Log createLogger(Class<?> owner) {
        return new ToDebug(LoggerFactory.getLogger(owner));
    }

    private record ToDebug(Logger log) implements Log {

        @Override
        public void debug(String message) {
            log.trace(message);
        }

        @Override
        public void info(String message) {
            log.debug(message);
        }

        @Override
        public void warn(String message) {
            log.debug(message);
        }

        @Override
        public void error(String message) {
            log.debug(message);
        }

        @Override
        public void error(String message, Exception failed) {
            log.debug(message, failed);
        }

        @Override
        public void notice(String message) {
            log.debug(message);
        }
    }
}
