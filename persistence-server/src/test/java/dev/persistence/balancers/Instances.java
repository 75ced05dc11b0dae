package dev.persistence.balancers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.Client;
import dev.persistence.fault.FreePort;
import dev.persistence.fault.ServiceProcess;
import dev.persistence.mysql.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Three processes of the service on one database, each on a port that it keeps when it is started again. Any thread. */
final class Instances implements AutoCloseable {

    static final int COUNT = 3;

    private static final int MOST_STARTS = 3;
    private static final Duration STOP = Duration.ofSeconds(60);

    private final TestDatabase database;
    private final Path folder;
    private final List<Integer> ports = new ArrayList<>();
    private final AtomicReferenceArray<ServiceProcess> processes = new AtomicReferenceArray<>(COUNT);

    Instances(TestDatabase database, Path folder) {
        this.database = database;
        this.folder = folder;
        while (ports.size() < COUNT) {
            int port = FreePort.find();
            if (!ports.contains(port)) {
                ports.add(port);
            }
        }
    }

    List<Integer> ports() {
        return List.copyOf(ports);
    }

    /** Starts those that do not run. */
    void startAll() {
        for (int number = 0; number < COUNT; number++) {
            if (processes.get(number) == null || !processes.get(number).isAlive()) {
                start(number);
            }
        }
    }

    /** Starts one, as a supervisor does: again, where a busy machine's database did not answer in time. */
    void start(int number) {
        for (int attempt = 1; ; attempt++) {
            try {
                processes.set(number, setup(number).start());
                return;
            } catch (AssertionError ended) {
                if (attempt == MOST_STARTS) {
                    throw ended;
                }
            }
        }
    }

    private ServiceProcess.Setup setup(int number) {
        return ServiceProcess.on(database.url(), folder.resolve("logs-" + number))
                .with("SERVICE_PORT", Integer.toString(ports.get(number)))
                .with("FLUSH_INTERVAL", "1")
                .with("DB_SSL_MODE", "DISABLED") // handshakes take long at the start on a busy machine
                .with("JAVA_OPTS", "-Xmx256m");
    }

    /** SIGKILL. */
    void kill(int number) {
        processes.get(number).kill();
    }

    /** SIGTERM, and waits for the end: in order, with nothing lost. */
    void stop(int number) {
        ServiceProcess process = processes.get(number);
        process.term();
        assertEquals(0, process.exitCode(STOP), process::text);
    }

    Client client(int number) {
        return new Client(ports.get(number));
    }

    /** Records that this process has accepted since it started. */
    long accepted(int number) {
        Client.Answer stats = client(number).stats();
        return written(stats)
                + stats.number("performance", "total_sessions_failed")
                + stats.number("performance", "total_tasks_failed")
                + stats.number("buffer", "total_count");
    }

    /** Records that this process has written since it started, merged ones included. */
    long written(int number) {
        return written(client(number).stats());
    }

    private static long written(Client.Answer stats) {
        return stats.number("performance", "total_sessions_written")
                + stats.number("performance", "total_tasks_written");
    }

    void flushAll() {
        for (int number = 0; number < COUNT; number++) {
            assertEquals(200, client(number).flush().status());
        }
    }

    @Override
    public void close() {
        for (int number = 0; number < COUNT; number++) {
            if (processes.get(number) != null) {
                processes.get(number).close();
            }
        }
    }
}
