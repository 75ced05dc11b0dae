package dev.persistence.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.InstalledProgram;
import dev.persistence.fault.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A program that was run to its end, with all that it printed. */
record Command(int exitCode, String output) {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final File NOTHING = new File("/dev/null");

    /** Skips the test, with a reason, on a machine without the program. */
    static void assumeInstalled(String program, String debianPackage) {
        assumeTrue(
                InstalledProgram.find(program).isPresent(),
                () -> "there is no program " + program + " on the PATH; Debian's package " + debianPackage + " has it");
    }

    /** Skips the test, with a reason, where the tests do not run as root. */
    static void assumeRoot() {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "only root can install a package into a folder: run these tests as root, in a machine for tests");
    }

    static Command run(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(NOTHING);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try (ChildProcess child = ChildProcess.start(builder)) {
            byte[] output = child.process().getInputStream().readAllBytes();
            return new Command(child.exitCode(LONGEST), new String(output, StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Command run(String... command) {
        return run(List.of(command));
    }

    /** Fails the test if the program failed. */
    Command succeeded() {
        assertEquals(0, exitCode, output);
        return this;
    }
}
