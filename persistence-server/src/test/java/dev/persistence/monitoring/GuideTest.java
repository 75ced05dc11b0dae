package dev.persistence.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operating guide knows what is delivered for operators. */
class GuideTest {

    @Test
    void everyFileForOperators_isNamed() {
        String guide = Shipped.text(Shipped.GUIDE);
        assertEquals(
                Set.of(),
                Set.of(Shipped.ALERTS, Shipped.CONFIGURATION, Shipped.DASHBOARD).stream()
                        .filter(file -> !guide.contains(file.getFileName().toString()))
                        .collect(Collectors.toSet()));
    }
}
