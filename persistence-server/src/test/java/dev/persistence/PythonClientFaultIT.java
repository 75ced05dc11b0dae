package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.Accepting;
import dev.persistence.fault.Direction;
import dev.persistence.fault.End;
import dev.persistence.fault.FaultProxy;
import dev.persistence.fault.Flow;
import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python client, with a network that breaks between it and the service. */
@Tag("database")
class PythonClientFaultIT {

    private static final int STEPS = 120;
    private static final int LAST = STEPS + 1;

    @TempDir
    Path folder;

    private TestDatabase database;
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        PythonClient.assumePython();
        database = new TestDatabase();
        service = RunningService.start(database);
    }

    @AfterEach
    void stop() {
        if (database != null) {
            service.close();
            database.close();
        }
    }

    @Test
    void faultsOfTheNetwork_dropWhatTheyHitAndAreCounted() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(service.port());
                PythonClient client = PythonClient.start(folder, "http://127.0.0.1:" + proxy.port(), "timeout", 2)) {
            assertNull(client.write("tasks", PythonClient.tasks("first", 1))); // which takes longer than others
            Map<String, Long> dropped = new TreeMap<>();

            proxy.flow(Flow.STALLED);
            sendInto(client, "timed_out", dropped);
            proxy.pass();

            proxy.cut(Direction.TO_SERVER, 100, End.RESET);
            sendInto(client, "connection", dropped);

            proxy.end(End.RESET); // the connection that rests: this costs nothing
            client.send("tasks", PythonClient.tasks("passed", 5));
            assertNull(client.flush());

            proxy.accept(Accepting.BLACKHOLE);
            proxy.end(End.RESET);
            sendInto(client, "timed_out", dropped);
            proxy.pass();

            proxy.accept(Accepting.REFUSED);
            proxy.end(End.CLOSE);
            sendInto(client, "connection", dropped);
            proxy.pass();

            proxy.flow(Direction.TO_CLIENT, Flow.limited(20));
            sendInto(client, "timed_out", dropped);
            proxy.pass();

            assertNull(client.flush());
            client.assertCounts(5, dropped);
            assertEquals(5, count("passed"));
        }
    }

    @Test
    void answerThatIsLost_isAFailureWhoseRecordsMayBeSentAgain() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(service.port());
                PythonClient client = PythonClient.start(folder, "http://127.0.0.1:" + proxy.port())) {
            proxy.cutAfter(Direction.TO_SERVER, "ack=written", Direction.TO_CLIENT, 0, End.RESET);
            assertEquals("connection", client.write("tasks", PythonClient.tasks("again", 3)));
            assertNull(client.write("tasks", PythonClient.tasks("again", 3)));
            assertEquals(3, count("again"));
        }
    }

    @Test
    void randomFaults_neverLeaveAStaleRowNorLoseAWrittenOne() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (FaultProxy proxy = FaultProxy.to(service.port());
                PythonClient client =
                        PythonClient.start(folder, "http://127.0.0.1:" + proxy.port(), "stamp_changes", "updated_at")) {
            Map<String, Integer> certain = new HashMap<>();
            Map<String, Integer> newest = new HashMap<>();
            for (int step = 1; step <= STEPS; step++) {
                String key = "random-" + random.nextInt(5);
                newest.put(key, step);
                if (random.nextInt(4) > 0) {
                    client.send("tasks", Client.task(key, "row_index", step));
                } else if (client.write("tasks", Client.task(key, "row_index", step)) == null) {
                    certain.put(key, step);
                }
                change(proxy, random);
            }
            proxy.pass();
            client.flush();

            Map<String, Integer> rows = rows();
            certain.forEach((key, step) -> assertTrue(rows.get(key) >= step, () -> key + " seed " + seed));
            rows.forEach((key, step) -> assertTrue(step <= newest.get(key), () -> key + " seed " + seed));
            newest.replaceAll((key, step) -> LAST);
            for (String key : newest.keySet()) {
                assertNull(client.write("tasks", Client.task(key, "row_index", LAST)), () -> "seed " + seed);
            }
            assertEquals(newest, rows(), () -> "seed " + seed);
        }
    }

    private static void change(FaultProxy proxy, Random random) {
        switch (random.nextInt(12)) {
            case 0 -> proxy.end(End.RESET);
            case 1 -> proxy.end(End.CLOSE);
            case 2 -> proxy.cut(Direction.TO_SERVER, random.nextInt(400), End.RESET);
            case 3 -> proxy.cut(Direction.TO_CLIENT, random.nextInt(100), End.CLOSE);
            case 4 -> proxy.accept(Accepting.REFUSED);
            default -> proxy.pass();
        }
    }

    /** Sends five records, which a fault hits. */
    private static void sendInto(PythonClient client, String reason, Map<String, Long> dropped) throws IOException {
        client.send("tasks", PythonClient.tasks("hit", 5));
        client.awaitSent();
        dropped.merge(reason, 5L, Long::sum);
    }

    private Map<String, Integer> rows() {
        Map<String, Integer> rows = new HashMap<>();
        for (String row : database.rows("SELECT task_id, row_index FROM translation_tasks")) {
            String[] values = row.split("\\|", -1);
            rows.put(values[0], Integer.valueOf(values[1]));
        }
        return rows;
    }

    private long count(String prefix) {
        return rows().keySet().stream().filter(key -> key.startsWith(prefix)).count();
    }
}
