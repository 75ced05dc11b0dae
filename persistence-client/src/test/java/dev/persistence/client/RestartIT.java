package dev.persistence.client;

import static dev.persistence.client.ServiceIT.task;
import static dev.persistence.client.TestClients.sums;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.client.measure.Statistics;
import dev.persistence.fault.End;
import dev.persistence.fault.FaultProxy;
import dev.persistence.fault.Flow;
import dev.persistence.fault.FreePort;
import dev.persistence.fault.ServiceProcess;
import dev.persistence.mysql.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clients with keys of their own send states of them, one after another, while the service's process is killed, stopped
 * in order and started again and the network breaks. Each state has a higher number than the one before. What was
 * acknowledged is in the table, or a later state is; a state once replaced never comes back.
 */
@Timeout(240)
class RestartIT {

    private static final int KEYS = 8;
    private static final int PAUSE_MILLIS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LoggedWarnings quiet = new LoggedWarnings();
    private final TestDatabase database = new TestDatabase();
    private final int port = FreePort.find();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final AtomicBoolean over = new AtomicBoolean();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        database.close();
        quiet.close();
    }

    private ServiceProcess startService() {
        return ServiceProcess.on(database.url(), folder)
                .with("SERVICE_PORT", Integer.toString(port))
                .with("FLUSH_INTERVAL", "200ms")
                .start();
    }

    /** One thread with a client: sends states of its keys until it is over. */
    private final class Lane extends Thread {

        private final PersistenceClient client;
        private final Random random;
        private final Map<String, Integer> acknowledged = new HashMap<>(); // this thread's, read when it has ended
        private int latest; // the same
        private final AtomicInteger acknowledgements = new AtomicInteger();

        Lane(String name, int serverPort) {
            super(name);
            this.random = new Random(seed + name.hashCode());
            this.client = PersistenceClient.builder(URI.create("http://127.0.0.1:" + serverPort))
                    .sendEvery(Duration.ofMillis(20))
                    .requestTimeout(Duration.ofSeconds(1))
                    .writeTimeout(Duration.ofSeconds(5))
                    .stampChanges("updated_at")
                    .build();
        }

        @Override
        public void run() {
            while (!over.get()) {
                latest++;
                Fields state = state(random.nextInt(KEYS), latest);
                if (random.nextInt(10) > 0) {
                    client.send("tasks", state);
                } else if (client.writeAndWait("tasks", state).allWritten()) {
                    acknowledged.put((String) state.get("task_id"), latest);
                    acknowledgements.incrementAndGet();
                }
                rest();
            }
        }

        private Fields state(int key, int number) {
            return task(getName() + "-" + key).set("row_index", number);
        }

        private void assertNothingLostOrStale() {
            Map<String, Integer> rows = rows();
            acknowledged.forEach((key, number) -> assertTrue(
                    rows.getOrDefault(key, 0) >= number && rows.get(key) <= latest,
                    () -> key + ": acknowledged " + number + ", there is " + rows.get(key) + ", seed " + seed));
            for (int key = 0; key < KEYS; key++) {
                client.send("tasks", state(key, latest + 1));
            }
            assertTrue(client.flush().complete(), "seed " + seed);
            for (int key = 0; key < KEYS; key++) {
                assertEquals(latest + 1, rows().get(getName() + "-" + key), "seed " + seed);
            }
        }
    }

    private Map<String, Integer> rows() {
        Map<String, Integer> rows = new HashMap<>();
        for (String row : database.rows("SELECT task_id, row_index FROM translation_tasks")) {
            int bar = row.indexOf('|');
            rows.put(row.substring(0, bar), Integer.valueOf(row.substring(bar + 1)));
        }
        return rows;
    }

    @Test
    void killsRestartsAndNetworkFaults_loseNothingAcknowledgedAndBringNothingBack() throws Exception {
        Random faults = new Random(seed);
        ServiceProcess service = startService();
        try (FaultProxy network = FaultProxy.to(port)) {
            List<Lane> lanes = List.of(new Lane("a", network.port()), new Lane("b", network.port()));
            lanes.forEach(Lane::start);
            breakTheNetwork(network, faults, lanes);
            service.kill();
            awaitDrop(lanes);
            service = startService();
            breakTheNetwork(network, faults, lanes);
            service.term();
            service.exitCode(Duration.ofSeconds(60));
            service = startService();
            awaitProgress(lanes);
            over.set(true);
            for (Lane lane : lanes) {
                lane.join();
            }
            for (Lane lane : lanes) {
                assertTrue(lane.client.flush().flushed());
                Statistics counts = sums(lane.client);
                assertTrue(counts.sent() > 0, () -> counts + ", seed " + seed);
                lane.assertNothingLostOrStale();
                lane.client.close();
            }
        } finally {
            over.set(true);
            service.close();
        }
    }

    /** Every client has one more state acknowledged. */
    private static void awaitProgress(List<Lane> lanes) {
        for (Lane lane : lanes) {
            int before = lane.acknowledgements.get();
            await().atMost(PATIENCE).until(() -> lane.acknowledgements.get() > before);
        }
    }

    /** Every client has dropped something since its service is gone. */
    private static void awaitDrop(List<Lane> lanes) {
        for (Lane lane : lanes) {
            long before = lane.client.statistics().droppedInAll();
            await().atMost(PATIENCE).until(() -> lane.client.statistics().droppedInAll() > before);
        }
    }

    private static void breakTheNetwork(FaultProxy network, Random random, List<Lane> lanes) {
        for (int fault = 0; fault < 4; fault++) {
            awaitProgress(lanes);
            switch (random.nextInt(3)) {
                case 0 -> network.end(End.RESET);
                case 1 -> network.end(End.CLOSE);
                default -> {
                    network.flow(Flow.STALLED);
                    rest(random.nextInt(1500));
                    network.pass();
                }
            }
        }
    }

    private static void rest() {
        rest(PAUSE_MILLIS);
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis); // the pace of a load, and the moments of faults
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
