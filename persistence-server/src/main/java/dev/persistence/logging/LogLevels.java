package dev.persistence.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.LoggerFactory;

/** The levels of Logback's loggers, in JMX. They are the whole JVM's, whichever service in it registered them. */
public final class LogLevels implements LogLevelsMXBean {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogLevels.class);

    /** Where it is found in JMX. */
    public static final String NAME = "persistence:type=Logging";

    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    private static final String INHERITED = "inherited";

    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

    /** Level before the first change, by logger; null where it was inherited. Guarded by this object. */
    private final Map<String, Level> before = new LinkedHashMap<>();

    private LogLevels() {}

    /** Shows them in JMX until the JVM ends, if they are not there already. */
    public static void register() {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(new LogLevels(), new ObjectName(NAME));
        } catch (InstanceAlreadyExistsException shown) {
            LOG.debug("{} is there already", NAME);
        } catch (JMException failed) {
            LOG.warn("Log levels cannot be changed while the service runs: {}", failed.toString());
        }
    }

    @Override
    public Map<String, String> getLevels() {
        Map<String, String> levels = new TreeMap<>();
        for (Logger logger : loggers.getLoggerList()) {
            if (logger.getLevel() != null) {
                levels.put(logger.getName(), logger.getLevel().toString());
            }
        }
        return levels;
    }

    @Override
    public String level(String logger) {
        return existing(logger).getEffectiveLevel().toString();
    }

    @Override
    public synchronized void setLevel(String logger, String level) {
        Logger target = existing(logger);
        Level wanted = known(level);
        if (!before.containsKey(target.getName())) { // not putIfAbsent: null stands for inherited
            before.put(target.getName(), target.getLevel());
        }
        change(target, wanted);
    }

    @Override
    public synchronized void reset() {
        before.forEach((logger, level) -> change(loggers.getLogger(logger), level));
        before.clear();
    }

    /** Says so before or afterwards, whenever INFO is logged: who turns the log off shall find the last line. */
    private static void change(Logger logger, Level level) {
        boolean said = LOG.isInfoEnabled();
        String old = words(logger.getLevel());
        if (said) {
            LOG.info("Log level of {}: {} -> {}", logger.getName(), old, words(level));
        }
        logger.setLevel(level);
        if (!said) {
            LOG.info("Log level of {}: {} -> {}", logger.getName(), old, words(level));
        }
    }

    private static String words(Level level) {
        return level == null ? INHERITED : level.toString();
    }

    private Logger existing(String name) {
        Logger logger = name == null || name.isBlank() ? null : loggers.exists(name);
        if (logger == null) {
            throw new IllegalArgumentException("logger: \"" + name
                    + "\" (expected a class or package that has logged or can, such as dev.persistence, or ROOT)");
        }
        return logger;
    }

    private static Level known(String name) {
        String upper = name == null ? "" : name.strip().toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(upper)) {
            throw new IllegalArgumentException(
                    "level: \"" + name + "\" (expected TRACE, DEBUG, INFO, WARN, ERROR or OFF)");
        }
        return Level.toLevel(upper);
    }
}
