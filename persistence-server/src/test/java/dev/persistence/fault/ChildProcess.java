package dev.persistence.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that this JVM started and that does not outlive it, however this JVM ends. Any thread. */
public final class ChildProcess implements AutoCloseable {

    /** Reads until this JVM closes the pipe, at the latest by its own end; stopped processes take this signal too. */
    private static final String GUARD = "read -r never; kill -KILL \"$1\"";

    private final Process process;
    private final CompletableFuture<Process> guardEnded;

    private ChildProcess(Process process, Process guard) {
        this.process = process;
        this.guardEnded = process.onExit()
                .thenCompose(
                        ended -> { // before the number can become another process's
                            guard.destroyForcibly();
                            return guard.onExit();
                        });
    }

    public static ChildProcess start(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            Process guard = new ProcessBuilder("/bin/sh", "-c", GUARD, "guard", Long.toString(process.pid())).start();
            return new ChildProcess(process, guard);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Process process() {
        return process;
    }

    /** Sends a signal by its name, such as {@code STOP}. That the process is gone already is no failure. */
    public void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid())
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it at once, and returns when it has ended. */
    void kill() {
        process.toHandle().destroyForcibly(); // unlike that of Process it leaves the output open
        exitCode(Duration.ofSeconds(30));
    }

    /** Waits for its end; a process that goes on is a failure of the test. */
    public int exitCode(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the process " + pid() + " did not end within " + within);
            }
            guardEnded.join();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
