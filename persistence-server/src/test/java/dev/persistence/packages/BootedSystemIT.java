package dev.persistence.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.Client;
import dev.persistence.fault.ChildProcess;
import dev.persistence.fault.FreePort;
import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit under a real systemd, in a container that boots: the service runs in its whole sandbox. */
@Tag("packages")
class BootedSystemIT {

    private static final String UNIT = "persistence-server";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final int port = FreePort.find();
    private DebianRoot debian;
    private ChildProcess machine;
    private String deb;

    @BeforeEach
    void boot() {
        Command.assumeInstalled("systemd-nspawn", "systemd-container");
        debian = DebianRoot.fresh(folder);
        deb = debian.bring(Delivered.debianPackage());
        machine = ChildProcess.start(new ProcessBuilder(
                        "systemd-nspawn",
                        "--quiet",
                        "--boot",
                        "--register=no",
                        "--keep-unit",
                        "--link-journal=no",
                        "--directory=" + debian.root())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("console").toFile()));
        Awaitility.await().atMost(PATIENCE).until(() -> !machine.isAlive() || isUp());
        assumeTrue(machine.isAlive(), () -> "no container can be booted here: " + console());
    }

    @AfterEach
    void powerOff() {
        if (machine != null) {
            if (machine.isAlive()) {
                machine.signal("TERM"); // like the button of a real one
                machine.exitCode(PATIENCE);
            }
            machine.close();
        }
        if (debian != null) { // else the test was skipped
            debian.close();
        }
    }

    @Test
    void unit_runsInItsSandbox_andAnUpgradeLosesNoAcceptedRecord() throws IOException {
        try (TestDatabase database = new TestDatabase()) {
            inside("dpkg", "-i", deb).succeeded();
            assertEquals("inactive", property("ActiveState"), "it does not know its database yet");
            environment("DB_URL=\"" + database.url() + "\"", "SERVICE_HOST=127.0.0.1", "SERVICE_PORT=" + port);

            inside("systemctl", "start", UNIT).succeeded();
            Client client = new Client(port);
            awaitListening(1);
            assertEquals(200, client.write("sessions", Client.session("s")).status());
            assertConfined();

            assertEquals(202, client.send("sessions", Client.session("t")).status());
            inside("dpkg", "-i", deb).succeeded();
            awaitListening(2);
            assertEquals(List.of("s", "t"), database.rows("SELECT session_id FROM translation_sessions ORDER BY 1"));

            inside("systemctl", "stop", UNIT).succeeded();
            assertEquals("success", property("Result"));
            assertEquals("0", property("ExecMainStatus"));
        }
    }

    @Test
    void wrongSettings_endItOnceAndForAll() throws IOException {
        inside("dpkg", "-i", deb).succeeded();
        environment("RING_SIZE=1000");

        inside("systemctl", "start", UNIT);

        Awaitility.await().atMost(PATIENCE).until(() -> property("ActiveState").equals("failed"));
        assertEquals("2", property("ExecMainStatus"));
        assertEquals("0", property("NRestarts"));
        assertTrue(journal().contains("buffer.ring-size: 1000 (expected a power of two"), journal());
    }

    /** What the unit promises, seen from the running process: no capability, a filter of system calls, not root. */
    private void assertConfined() {
        String status =
                inside("cat", "/proc/" + property("MainPID") + "/status").output();
        assertTrue(status.contains("CapEff:\t0000000000000000\n"), status);
        assertTrue(status.contains("Seccomp:\t2\n"), status);
        assertTrue(status.contains("NoNewPrivs:\t1\n"), status);
        assertTrue(!status.contains("Uid:\t0\t"), status);
    }

    private void environment(String... lines) throws IOException {
        Files.write(debian.path("/etc/persistence-server/environment"), List.of(lines), StandardOpenOption.APPEND);
    }

    private boolean isUp() {
        return !children().isEmpty()
                && inside("systemctl", "is-active", "multi-user.target")
                        .output()
                        .startsWith("active");
    }

    private void awaitListening(int times) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertEquals(times, journal().split(" Listening on ", -1).length - 1, journal()));
    }

    private String journal() {
        return inside("journalctl", "--unit=" + UNIT, "--no-pager", "--output=cat")
                .output();
    }

    private String property(String name) {
        return inside("systemctl", "show", "--property=" + name, "--value", UNIT)
                .output()
                .strip();
    }

    /** Runs a program in the container, as its root. */
    private Command inside(String... program) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--target", children()));
        command.addAll(List.of("--mount", "--uts", "--ipc", "--pid", "--cgroup", "--root", "--wd", "--"));
        command.addAll(List.of(program));
        return Command.run(command);
    }

    /** The number of the container's first process, here; empty while there is none. */
    private String children() {
        long pid = machine.process().pid();
        return Delivered.text(Path.of("/proc/" + pid + "/task/" + pid + "/children"))
                .strip();
    }

    private String console() {
        return Delivered.text(folder.resolve("console"));
    }
}
