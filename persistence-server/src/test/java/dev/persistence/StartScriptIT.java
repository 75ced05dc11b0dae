package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the start script of the packaged service. */
class StartScriptIT {

    private static final Path SCRIPT =
            Path.of("target", "persistence-server", "bin", "persistence-server").toAbsolutePath();
    private static final Map<String, String> THIS_JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    private Path elsewhere;

    @Test
    void version_isPrintedFromAnyFolder() throws IOException, InterruptedException {
        Run run = run(SCRIPT, THIS_JAVA, "--version");

        assertEquals(0, run.exitCode(), run.text());
        assertTrue(run.text().startsWith("Persistence Service "), run.text());
        assertEquals(1, run.text().lines().count(), run.text());
    }

    @Test
    void help_isPrintedThroughRelativeAndAbsoluteLinks() throws IOException, InterruptedException {
        Path absolute = Files.createSymbolicLink(elsewhere.resolve("absolute"), SCRIPT);
        Path relative = Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("absolute"));

        Run run = run(relative, THIS_JAVA, "--help");

        assertEquals(0, run.exitCode(), run.text());
        assertTrue(run.text().startsWith("Usage: persistence-server "), run.text());
        assertTrue(Files.exists(absolute));
    }

    @Test
    void settingsOfEnvironmentAndCommandLine_arriveAndWrongOnesExitWith2() throws IOException, InterruptedException {
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
    void resend_isReachedAndItsExitCodeArrives() throws IOException, InterruptedException {
        Path file = Files.writeString(elsewhere.resolve("tasks.ndjson"), "{}\n");

        Run run = run(SCRIPT, THIS_JAVA, "resend", "--url", "http://127.0.0.1:1", "--tries", "1", file.toString());

        assertEquals(1, run.exitCode(), run.text());
        assertTrue(run.text().contains(file + ": 0 written, 0 refused, the rest not sent\n"), run.text());
    }

    @Test
    void deadLetterFolder_isInTheServicesOwn() throws IOException, InterruptedException {
        Path home = SCRIPT.getParent().getParent().toRealPath();
        Map<String, String> environment = new HashMap<>(THIS_JAVA);
        environment.put("ON_DATABASE_FAILURE", "dead-letter");
        environment.put("DEAD_LETTER_DIR", "bin/persistence-server/no-folder");

        Run run = run(SCRIPT, environment, "--check");

        assertEquals(2, run.exitCode(), run.text());
        assertTrue(run.text().contains(home.resolve("bin/persistence-server").toString()), run.text());
    }

    @Test
    void javaHomeWithoutJava_isSaidPlainly() throws IOException, InterruptedException {
        Run run = run(SCRIPT, Map.of("JAVA_HOME", elsewhere.toString()), "--version");

        assertEquals(2, run.exitCode());
        assertTrue(run.text().startsWith("persistence-server: JAVA_HOME is " + elsewhere + ", but "), run.text());
    }

    @Test
    void oldJava_isSaidPlainly() throws IOException, InterruptedException {
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
    void archiveOfClasses_isUsed() throws IOException, InterruptedException {
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
    void archiveThatDoesNotFit_isIgnoredWithoutAWord() throws IOException, InterruptedException {
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

    private Run run(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), text);
    }

    private record Run(int exitCode, String text) {}
}
