package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the start script of the packaged service. */
class StartScriptIT {

    private static final Path SCRIPT = ServiceProcess.script();
    private static final Map<String, String> THIS_JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    private static final long MIB = 1024 * 1024;

    @TempDir
    private Path elsewhere;

    @Test
    void version_isPrintedFromAnyFolder() {
        Run run = run(SCRIPT, THIS_JAVA, "--version");

        assertEquals(0, run.exitCode(), run.text());
        assertTrue(run.text().startsWith("Persistence Service "), run.text());
        assertEquals(1, run.text().lines().count(), run.text());
    }

    @Test
    void help_isPrintedThroughRelativeAndAbsoluteLinks() throws IOException {
        Path absolute = Files.createSymbolicLink(elsewhere.resolve("absolute"), SCRIPT);
        Path relative = Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("absolute"));

        Run run = run(relative, THIS_JAVA, "--help");

        assertEquals(0, run.exitCode(), run.text());
        assertTrue(run.text().startsWith("Usage: persistence-server "), run.text());
        assertTrue(Files.exists(absolute));
    }

    @Test
    void settingsOfEnvironmentAndCommandLine_arriveAndWrongOnesExitWith2() {
        Run run = run(
                SCRIPT,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "RING_SIZE", "1000"),
                "--check",
                "--set",
                "database.port=a b");

        assertEquals(2, run.exitCode(), run.text());
        assertEquals("""
                buffer.ring-size: 1000 (expected a power of two, at most 16777216), from environment variable RING_SIZE
                database.port: a b (expected an integer from 1 to 65535), from --set
                """, run.text());
    }

    @Test
    void resend_isReachedAndItsExitCodeArrives() throws IOException {
        Path file = Files.writeString(elsewhere.resolve("tasks.ndjson"), "{}\n");

        Run run = run(SCRIPT, THIS_JAVA, "resend", "--url", "http://127.0.0.1:1", "--tries", "1", file.toString());

        assertEquals(1, run.exitCode(), run.text());
        assertTrue(run.text().contains(file + ": 0 written, 0 refused, the rest not sent\n"), run.text());
    }

    @Test
    void deadLetterFolder_isInTheServicesOwn() throws IOException {
        Path home = SCRIPT.getParent().getParent().toRealPath();
        Map<String, String> environment = new HashMap<>(THIS_JAVA);
        environment.put("ON_DATABASE_FAILURE", "dead-letter");
        environment.put("DEAD_LETTER_DIR", "bin/persistence-server/no-folder");

        Run run = run(SCRIPT, environment, "--check");

        assertEquals(2, run.exitCode(), run.text());
        assertTrue(run.text().contains(home.resolve("bin/persistence-server").toString()), run.text());
    }

    @Test
    void javaHomeWithoutJava_isSaidPlainly() {
        Run run = run(SCRIPT, Map.of("JAVA_HOME", elsewhere.toString()), "--version");

        assertEquals(2, run.exitCode());
        assertTrue(run.text().startsWith("persistence-server: JAVA_HOME is " + elsewhere + ", but "), run.text());
    }

    @Test
    void oldJava_isSaidPlainly() throws IOException {
        Path java = Files.createDirectories(elsewhere.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertTrue(java.toFile().setExecutable(true));

        Run run = run(SCRIPT, Map.of("JAVA_HOME", elsewhere.toString()), "--version");

        assertEquals(2, run.exitCode());
        assertEquals(
                "persistence-server: " + java + " is Java 11. Java 17 or later is needed: set JAVA_HOME to one.\n",
                run.text());
    }

    @Test
    void heap_isAShareOfTheMemory_upToOneGibibyte() {
        Map<String, String> environment = new HashMap<>(THIS_JAVA);
        environment.put("JAVA_OPTS", "-XX:+PrintFlagsFinal");

        long bytes = maxHeapSize(run(SCRIPT, environment, "--version"));

        // The share is rounded to a hundredth of a percent, which is 100 MiB of a machine with 1 TiB.
        assertTrue(bytes > MIB && bytes <= 1200 * MIB, bytes + " bytes");
    }

    @Test
    void heap_isWhatJavaOptsSay() {
        Map<String, String> environment = new HashMap<>(THIS_JAVA);
        environment.put("JAVA_OPTS", "-Xmx96m -XX:+UseSerialGC -XX:+PrintFlagsFinal");

        assertEquals(96 * MIB, maxHeapSize(run(SCRIPT, environment, "--version")));
    }

    private static long maxHeapSize(Run run) {
        return run.text()
                .lines()
                .filter(line -> line.contains(" MaxHeapSize "))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*= *(\\d+) .*", "$1")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(run.text()));
    }

    @Test
    void archiveOfClasses_isUsed() {
        Map<String, String> environment = new HashMap<>(THIS_JAVA);
        environment.put("JAVA_OPTS", "-Xlog:class+load");

        Run run = run(SCRIPT, environment, "--version");

        String line = run.text()
                .lines()
                .filter(loaded -> loaded.contains(" dev.persistence.PersistenceServer source: "))
                .findFirst()
                .orElseThrow();
        assertTrue(line.contains("shared objects file"), line);
    }

    @Test
    void archiveThatDoesNotFit_isIgnoredWithoutAWord() throws IOException {
        Path bin = Files.createDirectories(elsewhere.resolve("bin"));
        Path script = Files.copy(SCRIPT, bin.resolve("persistence-server"), StandardCopyOption.COPY_ATTRIBUTES);
        Path lib = Files.createDirectories(elsewhere.resolve("lib"));
        try (Stream<Path> jars = Files.list(SCRIPT.resolve("../../lib").normalize())) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        Files.createDirectories(elsewhere.resolve("conf"));
        Files.writeString(lib.resolve("classes.jsa"), "not an archive");

        Run run = run(script, THIS_JAVA, "--version");

        assertEquals(0, run.exitCode(), run.text());
        assertEquals(1, run.text().lines().count(), run.text());
    }

    private Run run(Path script, Map<String, String> environment, String... arguments) {
        ServiceProcess.Setup setup =
                ServiceProcess.setup().in(elsewhere).script(script).arguments(arguments);
        environment.forEach(setup::with);
        try (ServiceProcess process = setup.launch()) {
            int code = process.exitCode(Duration.ofSeconds(60));
            return new Run(
                    code,
                    String.join(
                            "",
                            process.output().stream().map(line -> line + "\n").toList()));
        }
    }

    private record Run(int exitCode, String text) {}
}
