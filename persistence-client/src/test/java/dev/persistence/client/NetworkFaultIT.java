package dev.persistence.client;

import static dev.persistence.client.ServiceIT.task;
import static dev.persistence.client.TestClients.sums;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.Client;
import dev.persistence.RunningService;
import dev.persistence.client.measure.DropReason;
import dev.persistence.fault.Accepting;
import dev.persistence.fault.Direction;
import dev.persistence.fault.End;
import dev.persistence.fault.FaultProxy;
import dev.persistence.fault.Flow;
import dev.persistence.mysql.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of records when the network between client and service, or service and database, breaks. */
@Timeout(120)
class NetworkFaultIT {

    private static final Duration SHORT = Duration.ofMillis(700);

    private static TestDatabase database;
    private static RunningService service;

    private final LoggedWarnings quiet = new LoggedWarnings();
    private FaultProxy network;

    @BeforeAll
    static void startService() throws Exception {
        database = new TestDatabase();
        service = RunningService.start(database);
    }

    @AfterAll
    static void stopService() {
        service.close();
        database.close();
    }

    @BeforeEach
    void open() {
        new Client(service).flush(); // what came late of the test before
        database.execute("DELETE FROM translation_tasks");
        network = FaultProxy.to(service.port());
    }

    @AfterEach
    void close() {
        network.close();
        quiet.close();
    }

    private ClientBuilder builder() {
        return PersistenceClient.builder(URI.create("http://127.0.0.1:" + network.port()))
                .sendEvery(Duration.ofHours(1));
    }

    private List<String> tasks() {
        return database.rows("SELECT task_id FROM translation_tasks ORDER BY task_id");
    }

    /** Sends it until it is: on a busy machine the short time-out may be over before an answer. */
    private static void awaitWritten(PersistenceClient client, Fields record) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            client.send("tasks", record);
            return client.flush().complete();
        });
    }

    /** A record of which a request cannot be packed to nothing. */
    private static Fields large(String id) {
        StringBuilder text = new StringBuilder();
        new Random(id.hashCode()).ints(50_000, ' ' + 1, 127).forEach(text::appendCodePoint);
        return task(id).set("source_text", text.toString());
    }

    @Test
    void silentService_dropsInTimeAndTheNextBatchIsWritten() {
        try (PersistenceClient client = builder()
                .requestTimeout(SHORT)
                .flushTimeout(SHORT.multipliedBy(3))
                .build()) {
            network.flow(Flow.STALLED);
            client.send("tasks", task("t-1"));
            FlushResult silent = client.flush();
            assertEquals(1, silent.dropped(), silent::toString);
            assertEquals(Map.of(DropReason.TIMED_OUT, 1L), sums(client).dropped());
            network.end(End.RESET); // what is on its way would arrive, late
            network.pass();

            awaitWritten(client, task("t-2"));

            assertTrue(tasks().contains("t-2"));
        }
    }

    @Test
    void slowNetwork_dropsInTimeAndTheNextBatchIsWritten() {
        try (PersistenceClient client = builder().requestTimeout(SHORT).build()) {
            network.flow(Direction.TO_SERVER, Flow.limited(10_000));
            client.send("tasks", large("t-1"));
            assertEquals(1, client.flush().dropped());
            assertEquals(Map.of(DropReason.TIMED_OUT, 1L), sums(client).dropped());
            network.end(End.RESET); // what is on its way would arrive, late
            network.pass();

            awaitWritten(client, task("t-2"));

            assertEquals(List.of("t-2"), tasks(), "half a request is none");
        }
    }

    @Test
    void firstConnectionResetWithinABody_dropsTheBatchAndTheNextIsWritten() {
        try (PersistenceClient client =
                builder().requestTimeout(Duration.ofSeconds(20)).build()) {
            network.cut(Direction.TO_SERVER, 10_000, End.RESET);
            client.send("tasks", large("t-1"));
            assertEquals(1, client.flush().dropped());
            assertEquals(Map.of(DropReason.CONNECTION, 1L), sums(client).dropped());

            client.send("tasks", task("t-2"));

            assertTrue(client.flush().complete());
            assertEquals(List.of("t-2"), tasks());
        }
    }

    @Test
    void keptConnectionResetWithinABodyOrBeforeTheAnswer_losesNothing() {
        try (PersistenceClient client =
                builder().requestTimeout(Duration.ofSeconds(20)).build()) {
            assertTrue(client.flush().complete()); // a connection is kept from now on
            network.cut(Direction.TO_SERVER, 10_000, End.RESET);
            client.send("tasks", large("t-1"));
            assertTrue(client.flush().complete());
            network.cut(Direction.TO_CLIENT, 1, End.RESET);
            client.send("tasks", task("t-2"));

            assertTrue(client.flush().complete());

            assertEquals(2, sums(client).sent());
            assertEquals(List.of("t-1", "t-2"), tasks());
        }
    }

    @Test
    void databaseOutOfReach_isTheReasonWhyAWriteFailed() throws Exception {
        Matcher port = Pattern.compile("//[^/:]+:(\\d+)/").matcher(database.url());
        assertTrue(port.find());
        try (FaultProxy way = FaultProxy.to(Integer.parseInt(port.group(1)));
                RunningService cut = RunningService.start(
                        database.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + way.port() + "/"));
                PersistenceClient client = PersistenceClient.builder(cut.uri("/"))
                        .writeTimeout(Duration.ofSeconds(30))
                        .build()) {
            assertTrue(client.writeAndWait("tasks", task("t-1")).allWritten());
            way.accept(Accepting.REFUSED);
            way.end(End.RESET);

            client.send("tasks", task("t-2"));
            WriteResult write = client.writeAndWait("tasks", task("t-3"));
            FlushResult flush = client.flush();

            assertFalse(write.allWritten());
            assertTrue(write.reason().startsWith("status 503: "), write::toString);
            assertFalse(client.statistics().sent() == 0, "it was accepted, and is lost with the service's batch");
            assertTrue(flush.flushed(), "nothing was left to write");
            way.pass();
            assertTrue(client.writeAndWait("tasks", List.copyOf(records("t-3", "t-4")))
                    .allWritten());
        }
        assertEquals(List.of("t-1", "t-3", "t-4"), tasks());
    }

    private static List<Fields> records(String... ids) {
        List<Fields> records = new ArrayList<>();
        for (String id : ids) {
            records.add(task(id));
        }
        return records;
    }
}
