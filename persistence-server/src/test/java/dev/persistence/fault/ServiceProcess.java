package dev.persistence.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged service as a process of its own, started by its start script, on a free port of 127.0.0.1. Its output is
 * read all the time. Any thread.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Path SCRIPT = Path.of(
                    System.getProperty("persistence.home", "target/persistence-server"), "bin/persistence-server")
            .toAbsolutePath();
    private static final Pattern LISTENING = Pattern.compile("Listening on .*:(\\d+)$");
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Thread reader = new Thread(this::read, "service-output");

    private ServiceProcess(ChildProcess process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /** The script that starts the packaged service. */
    public static Path script() {
        return SCRIPT;
    }

    /** How a service is to be started. */
    public static final class Setup {

        private final Map<String, String> environment = new HashMap<>();
        private final List<String> before = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private Path script = SCRIPT;
        private Path folder = Path.of("").toAbsolutePath();

        private Setup() {
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            environment.put("SERVICE_HOST", "127.0.0.1");
            environment.put("SERVICE_PORT", "0");
        }

        /** Sets a variable of its environment: a setting, {@code JAVA_OPTS}, {@code PERSISTENCE_LOG_DIR}. */
        public Setup with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        public Setup arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Another way to the script, such as a link. */
        public Setup script(Path other) {
            script = other;
            return this;
        }

        /** The folder from which it is started. */
        public Setup in(Path other) {
            folder = other;
            return this;
        }

        /** What a shell does before it becomes the service, such as {@code ulimit -n 256}. */
        public Setup after(String shellCommand) {
            before.add(shellCommand);
            return this;
        }

        /** Starts it and returns when it listens. */
        public ServiceProcess start() {
            ServiceProcess service = launch();
            try {
                service.awaitListening();
                return service;
            } catch (AssertionError | RuntimeException failed) {
                service.close();
                throw failed;
            }
        }

        /** Starts it and returns at once: it may not come to listen. */
        public ServiceProcess launch() {
            List<String> command = new ArrayList<>();
            if (!before.isEmpty()) {
                command.addAll(List.of("/bin/sh", "-c", String.join(" && ", before) + " && exec \"$@\"", "service"));
            }
            command.add(script.toString());
            command.addAll(arguments);
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            return new ServiceProcess(ChildProcess.start(builder));
        }
    }

    /** On a database, with its log files in a folder. */
    public static Setup on(String databaseUrl, Path logs) {
        return setup().with("DB_URL", databaseUrl).with("PERSISTENCE_LOG_DIR", logs.toString());
    }

    public static Setup setup() {
        return new Setup();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.process().getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.valueOf(listening.group(1)));
                }
            }
        } catch (IOException closed) {
            output.add("(its output ended: " + closed.getMessage() + ")");
        }
        port.completeExceptionally(new AssertionError("the service ended before it listened"));
    }

    private void awaitListening() {
        try {
            port.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException never) {
            throw new AssertionError(text(), never);
        }
    }

    public int port() {
        return port.join();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public long pid() {
        return process.pid();
    }

    /** The most memory that the process ever had resident, in bytes. */
    public long peakResidentBytes() {
        return statusKib("VmHWM") * 1024;
    }

    private long statusKib(String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Stops it in order; it has logged no error. */
    public void stop() {
        term();
        int code = exitCode(STOP);
        if (code != 0 || output().stream().anyMatch(line -> line.contains("ERROR") || line.contains("Error"))) {
            throw new AssertionError("exit code " + code + "\n" + text());
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The lines it printed so far, log lines and others. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** The same as one text. */
    public String text() {
        return String.join("\n", output);
    }

    /** SIGTERM: the orderly stop. */
    public void term() {
        process.signal("TERM");
    }

    /** SIGKILL, and waits for the end. */
    public void kill() {
        process.kill();
    }

    /** SIGSTOP. */
    public void pause() {
        process.signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        process.signal("CONT");
    }

    /** Waits for its end and for the last of its output. */
    public int exitCode(Duration within) {
        int code = process.exitCode(within);
        try {
            reader.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return code;
    }

    @Override
    public void close() {
        process.close();
    }
}
