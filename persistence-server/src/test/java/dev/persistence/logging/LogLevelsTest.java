package dev.persistence.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.persistence.LogLines;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Over a real connection, as jconsole would have it. */
class LogLevelsTest {

    private static final String LOGGER = "dev.persistence.logging.sample";

    private JMXConnectorServer server;
    private JMXConnector connector;
    private LogLevelsMXBean levels;
    private LogLines lines;

    @BeforeEach
    @SuppressWarnings("BanJNDI") // of this machine, and of nobody else
    void connect() throws Exception {
        LoggerFactory.getLogger(LOGGER);
        LogLevels.register();
        LogLevels.register(); // as a second service of the same JVM would
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "127.0.0.1", 0), Map.of(), ManagementFactory.getPlatformMBeanServer());
        server.start();
        connector = JMXConnectorFactory.connect(server.getAddress());
        MBeanServerConnection connection = connector.getMBeanServerConnection();
        levels = JMX.newMXBeanProxy(connection, new ObjectName("persistence:type=Logging"), LogLevelsMXBean.class);
        lines = new LogLines();
    }

    @AfterEach
    void close() throws Exception {
        levels.reset();
        lines.close();
        connector.close();
        server.stop();
    }

    @Test
    void level_holdsFromTheNextLineOn() {
        levels.setLevel("dev.persistence", "INFO");
        assertFalse(LoggerFactory.getLogger(LOGGER).isTraceEnabled());

        levels.setLevel(LOGGER, "trace");

        assertTrue(LoggerFactory.getLogger(LOGGER).isTraceEnabled());
        assertEquals("TRACE", levels.level(LOGGER));
        assertEquals("TRACE", levels.getLevels().get(LOGGER));
        assertEquals(
                List.of(
                        "Log level of dev.persistence: inherited -> INFO",
                        "Log level of dev.persistence.logging.sample: inherited -> TRACE"),
                lines.of(Level.INFO));
    }

    @Test
    void loggerWithoutALevel_hasThatAbove() {
        levels.setLevel("dev.persistence.logging", "ERROR");

        assertEquals("ERROR", levels.level(LOGGER));
    }

    @Test
    void reset_givesBackWhatWasBefore() {
        Map<String, String> before = levels.getLevels();
        levels.setLevel("dev.persistence.logging", "ERROR");
        levels.setLevel("dev.persistence.logging", "DEBUG");
        levels.setLevel(LOGGER, "OFF");

        levels.reset();

        assertEquals(before, levels.getLevels());
    }

    @Test
    void unknownLogger_isRefused() {
        assertEquals(
                "logger: \"dev.persistance\" (expected a class or package that has logged or can, such as"
                        + " dev.persistence, or ROOT)",
                assertThrows(IllegalArgumentException.class, () -> levels.setLevel("dev.persistance", "DEBUG"))
                        .getMessage());
    }

    @Test
    void unknownLevel_isRefused() {
        assertEquals(
                "level: \"LOUD\" (expected TRACE, DEBUG, INFO, WARN, ERROR or OFF)",
                assertThrows(IllegalArgumentException.class, () -> levels.setLevel(LOGGER, "LOUD"))
                        .getMessage());
    }
}
