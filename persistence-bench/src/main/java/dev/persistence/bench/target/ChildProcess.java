package dev.persistence.bench.target;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A child that says {@code Listening on host:port} on its console when it is ready. It never outlives this JVM, save
 * where that is killed.
 */
final class ChildProcess implements Target {

    private static final Pattern LISTENING = Pattern.compile("Listening on \\S+:(\\d+)\\s*$");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(45); // the service itself gives up after 30 s
    private static final int ENDED_BY_SIGTERM = 128 + 15; // how a JVM without a handler of its own stops in order
    private static final int QUOTED_LINES = 20;

    private final String name;
    private final Process process;
    private final Path folder;
    private final Thread killAtExit;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private ChildProcess(String name, Process process, Path folder) {
        this.name = name;
        this.process = process;
        this.folder = folder;
        this.killAtExit = new Thread(process::destroyForcibly, "kill-" + name);
    }

    /** A folder for what a child writes. */
    static Path newFolder(String name) {
        try {
            return Files.createTempDirectory("bench-" + name + "-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param folder from {@link #newFolder}; goes with an orderly stop
     */
    static ChildProcess start(String name, ProcessBuilder builder, Path folder) {
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException failed) {
            throw new TargetException(name + ": cannot be started: " + failed.getMessage(), failed);
        }
        ChildProcess child = new ChildProcess(name, process, folder);
        Runtime.getRuntime().addShutdownHook(child.killAtExit);
        Thread reader = new Thread(child::copyOutput, "log-of-" + name);
        reader.setDaemon(true);
        reader.start();
        child.awaitListening();
        return child;
    }

    private void copyOutput() {
        try (BufferedReader output =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                BufferedWriter log = Files.newBufferedWriter(log())) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.write(line);
                log.newLine();
                log.flush(); // whoever waits for the port may read it next
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                }
            }
            port.completeExceptionally(new IOException("it ended before it listened"));
        } catch (IOException broken) {
            port.completeExceptionally(broken);
        }
    }

    private void awaitListening() {
        String why;
        try {
            port.get(START.toSeconds(), TimeUnit.SECONDS);
            return;
        } catch (ExecutionException ended) {
            why = ended.getCause().getMessage();
        } catch (TimeoutException slow) {
            why = "it did not listen within " + START.toSeconds() + " s";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            why = "interrupted while it was starting";
        }
        kill();
        throw new TargetException(name + ": " + why + "; its log is " + log() + " and ends with\n" + lastLines(), null);
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(unreadable: " + unreadable.getMessage() + ")";
        }
    }

    @Override
    public int port() {
        return port.join();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Path log() {
        return folder.resolve("console.log");
    }

    @Override
    public int stop() {
        process.toHandle().destroy(); // unlike Process.destroy it leaves the output open
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
        forgetHook();
        int code = process.exitValue() == ENDED_BY_SIGTERM ? 0 : process.exitValue();
        if (code == 0) {
            deleteFolder();
        }
        return code;
    }

    @Override
    public void close() {
        stop();
    }

    private void kill() {
        process.destroyForcibly().onExit().join();
        forgetHook();
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(killAtExit);
        } catch (IllegalStateException exiting) {
            return; // the hook runs, and kills what is dead already
        }
    }

    private void deleteFolder() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException kept) {
            throw new UncheckedIOException(kept);
        }
    }
}
