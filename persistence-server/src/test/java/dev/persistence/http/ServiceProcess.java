package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.mysql.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service as a process, whose memory can be read: its own heap and nobody else's. */
final class ServiceProcess implements AutoCloseable {

    private static final Path START_SCRIPT = Path.of(System.getProperty("persistence.home"), "bin/persistence-server");
    private static final Pattern LISTENING = Pattern.compile("Listening on .*:(\\d+)$");

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private ServiceProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::readOutput, "service-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it with options for its JVM and settings such as {@code buffer.ring-size=64}. */
    static ServiceProcess start(TestDatabase database, Path logs, String javaOptions, String... settings)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(START_SCRIPT.toString()));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DB_URL", database.url());
        builder.environment().put("SERVICE_HOST", "127.0.0.1");
        builder.environment().put("SERVICE_PORT", "0");
        builder.environment().put("PERSISTENCE_LOG_DIR", logs.toString());
        builder.environment().put("JAVA_OPTS", javaOptions);
        ServiceProcess service = new ServiceProcess(builder.start());
        service.awaitPort();
        return service;
    }

    private void readOutput() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                }
            }
        } catch (IOException failure) {
            output.add(failure.toString());
        }
        port.completeExceptionally(new IllegalStateException("the service ended:\n" + String.join("\n", output)));
    }

    private void awaitPort() throws InterruptedException {
        try {
            port.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            close();
            throw new IllegalStateException(String.join("\n", output), failed);
        }
    }

    RawClient connect() {
        return new RawClient(port.join());
    }

    /** The most memory that the process ever had resident, in bytes. */
    long peakResidentBytes() {
        return statusKib("VmHWM") * 1024;
    }

    /** The memory that the process has resident, in bytes. */
    long residentBytes() {
        return statusKib("VmRSS") * 1024;
    }

    private long statusKib(String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Stops it in order; it has logged no error. */
    void stop() throws InterruptedException {
        process.toHandle().destroy(); // SIGTERM; unlike Process.destroy it leaves the output open
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it stops");
        String all = String.join("\n", output);
        assertEquals(0, process.exitValue(), all);
        assertTrue(output.stream().noneMatch(line -> line.contains("ERROR") || line.contains("Error")), all);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
