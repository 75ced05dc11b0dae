package dev.persistence.balancers;

import static org.awaitility.Awaitility.await;

import dev.persistence.fault.ChildProcess;
import dev.persistence.fault.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A balancer that runs, as a process of its own, on a free port. {@link #close} ends it with its workers. */
final class RunningBalancer implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final Path log;
    private final int port;

    private RunningBalancer(ChildProcess process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts it before instances on these ports, and returns when it listens. */
    static RunningBalancer start(Balancer balancer, Path folder, List<Integer> instances) throws IOException {
        balancer.assumeInstalled();
        int port = FreePort.find();
        Path configuration = balancer.configure(folder, port, instances);
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(balancer.run(configuration))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        RunningBalancer running = new RunningBalancer(ChildProcess.start(builder), log, port);
        await().until(running::listens);
        return running;
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("the balancer has ended: " + Files.readString(log));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.signal("TERM"); // nginx ends its workers only so
        process.exitCode(STOP);
    }
}
