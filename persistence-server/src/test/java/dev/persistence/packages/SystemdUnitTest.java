package dev.persistence.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The unit, held against the service. */
class SystemdUnitTest {

    private final String unit = Delivered.text(Delivered.UNIT);

    private String value(String name) {
        List<String> values = Pattern.compile("(?m)^" + name + "=(.*)$")
                .matcher(unit)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(1, values.size(), name);
        return values.get(0);
    }

    @Test
    void beforeItIsKilled_theServiceHasHadItsTimeToStop() {
        assertTrue(Integer.parseInt(value("TimeoutStopSec")) > ServiceFacts.SHUTDOWN_SECONDS);
    }

    @Test
    void wrongSettings_areNotTriedAgain() {
        assertEquals("2", value("RestartPreventExitStatus"));
    }

    @Test
    void allConnections_haveTheirFileDescriptors() {
        assertTrue(Long.parseLong(value("LimitNOFILE")) > ServiceFacts.CONNECTIONS);
    }

    @Test
    void examplesInTheEnvironmentFile_areOnesThatTheServiceReads() {
        List<String> names = Pattern.compile("(?m)^# ([A-Z_]+)=")
                .matcher(Delivered.text(Delivered.ENVIRONMENT))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertTrue(names.size() > 3, names.toString());
        assertEquals(List.of(), ServiceFacts.unknown(names));
    }
}
