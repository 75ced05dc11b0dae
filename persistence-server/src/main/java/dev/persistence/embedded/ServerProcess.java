package dev.persistence.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server, run under a shell that watches over it. The shell's standard input is a pipe from this JVM: when it ends,
 * because we close it or because this JVM died in whatever way, the shell stops the server. So the server is never left
 * behind. Signals of the terminal (Ctrl-C reaches every process in the foreground) are ignored by shell and server, so
 * that the server outlives the last write.
 */
final class ServerProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final int STOP_SECONDS = 20;

    /**
     * INT and HUP are ignored before the server starts, which inherits that; TERM only after, because the server is
     * stopped by it. A folder to discard goes once the pipe has ended and the server too: a JVM that was killed cannot do
     * it (and one whose server did not start still reads the log in it). The input moves to descriptor 3 because a shell
     * gives background jobs an empty input of its own.
     */
    private static final String WATCH_OVER = """
            discard=$1
            shift
            exec 3<&0 </dev/null
            trap '' INT HUP QUIT
            "$@" 3<&- &
            server=$!
            trap '' TERM
            {
              cat <&3 >/dev/null
              [ -z "$discard" ] || : >"$discard/ended"
              kill -TERM "$server"
              left=%d
              while [ "$left" -gt 0 ] && kill -0 "$server"; do sleep 1; left=$((left - 1)); done
              kill -KILL "$server"
            } 2>/dev/null &
            watch=$!
            exec 3<&-
            wait "$server"
            code=$?
            kill -KILL "$watch" 2>/dev/null
            [ -z "$discard" ] || [ ! -e "$discard/ended" ] || rm -rf "$discard"
            exit "$code"
            """.formatted(STOP_SECONDS);

    private final Process shell;

    private ServerProcess(Process shell) {
        this.shell = shell;
    }

    static ServerProcess start(List<String> command, ServerLog log, Optional<Path> discard) {
        List<String> watched = new ArrayList<>(List.of("/bin/sh", "-c", WATCH_OVER, "embedded-database"));
        watched.add(discard.map(Path::toString).orElse(""));
        watched.addAll(command);
        try {
            return new ServerProcess(new ProcessBuilder(watched)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log.file().toFile()))
                    .start());
        } catch (IOException failure) {
            throw new EmbeddedDatabaseException(
                    "the embedded database cannot be started: " + failure.getMessage(), failure);
        }
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /** Stops the server in order; by force, and with a line in the log, if that takes too long. */
    @Override
    public void close() {
        List<ProcessHandle> processes = shell.descendants().toList();
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(STOP_SECONDS + 5, TimeUnit.SECONDS)) {
                LOG.warn("The embedded database did not stop within {} s and is killed", STOP_SECONDS + 5);
                processes.forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
            }
        } catch (IOException failure) {
            LOG.warn("The embedded database could not be asked to stop and is killed", failure);
            processes.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // the shell has its order and carries it out without us
        }
    }
}
