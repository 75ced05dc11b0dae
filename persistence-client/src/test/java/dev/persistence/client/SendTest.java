package dev.persistence.client;

import static dev.persistence.client.TestClients.body;
import static dev.persistence.client.TestClients.id;
import static dev.persistence.client.TestClients.ids;
import static dev.persistence.client.TestClients.sums;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.client.ScriptedService.Reply;
import dev.persistence.client.measure.ClientMetrics;
import dev.persistence.client.measure.DropReason;
import dev.persistence.client.measure.Statistics;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to records between the program and the network. */
@Timeout(60)
class SendTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final LoggedWarnings warnings = new LoggedWarnings();

    @AfterEach
    void close() {
        warnings.close();
    }

    private static ClientBuilder builder(ScriptedService service) {
        return PersistenceClient.builder(service.uri()).requestTimeout(Duration.ofSeconds(30));
    }

    @Test
    void hundredRecords_leaveAtOnceInOneRequest() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED);
                PersistenceClient client = builder(service).sendEvery(NEVER).build()) {
            client.send("tasks", ids(0, 100));

            await().until(() -> client.statistics().sent() == 100);
            assertEquals(List.of(body(0, 100)), service.bodies());
            assertEquals("tasks/batch", service.requests().get(0).path());
            sums(client);
        }
    }

    @Test
    void oneRecord_leavesWhenItIsOldEnough() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED);
                PersistenceClient client =
                        builder(service).sendEvery(Duration.ofMillis(50)).build()) {
            client.send("tasks", id(1));

            await().until(() -> client.statistics().sent() == 1);
        }
    }

    @Test
    void mapThatChangesAfterwards_isSentAsItWas() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED)) {
            try (PersistenceClient client = builder(service).build()) {
                Map<String, Object> record = new HashMap<>(id(1));
                client.send("tasks", record);
                record.put("task_id", 2);
            }
            assertEquals(List.of(body(1, 2)), service.bodies());
        }
    }

    @Test
    void whateverIsSent_nothingIsThrownAndEachIsCounted() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED);
                PersistenceClient client = builder(service).sendEvery(NEVER).build()) {
            client.send("tasks", (Map<String, Object>) null);
            client.send("tasks", (Collection<Map<String, Object>>) null);
            client.send("tasks", Map.of("field", "secret".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            client.send(null, id(1));
            client.send("tasks/../flush", id(1));
            client.send("tasks", ids(0, 2));

            assertEquals(Map.of(DropReason.INVALID, 5L), sums(client).dropped());
            assertEquals(2, client.statistics().waiting());
            await().until(() -> !warnings.messages().isEmpty());
            assertTrue(warnings.messages().stream().noneMatch(line -> line.contains("secret")));
        }
    }

    @Test
    void whileARequestHangs_sendReturnsAndRequestsGrow() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ScriptedService service = new ScriptedService(request -> afterwards(gate))) {
            try (PersistenceClient client = builder(service).sendAt(1).build()) {
                client.send("tasks", id(0));
                await().until(() -> service.requests().size() == 1);

                client.send("tasks", ids(1, 2501)); // would not return if it waited for the request

                assertEquals(2501, sums(client).waiting());
                gate.countDown();
                await().until(() -> client.statistics().sent() == 2501);
            }
            assertEquals(List.of(body(0, 1), body(1, 1001), body(1001, 2001), body(2001, 2501)), service.bodies());
        }
    }

    @Test
    void whileARequestHangs_theOldestOfTooManyIsDropped() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ScriptedService service = new ScriptedService(request -> afterwards(gate))) {
            try (PersistenceClient client =
                    builder(service).sendAt(1).maxRecords(10).build()) {
                client.send("tasks", id(0));
                await().until(() -> service.requests().size() == 1);

                client.send("tasks", ids(1, 31));

                Statistics full = sums(client);
                assertEquals(11, full.waiting(), "10 in the buffer, 1 under way");
                assertEquals(Map.of(DropReason.OVERFLOW, 20L), full.dropped());
                gate.countDown();
            }
            assertEquals(List.of(body(0, 1), body(21, 31)), service.bodies());
        }
    }

    private static Reply afterwards(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Reply.ACCEPTED;
    }

    @Test
    void manyThreads_keepEachTheirOrderAndTheSumsHoldAllTheTime() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED)) {
            try (PersistenceClient client = builder(service).build()) {
                List<Thread> threads = IntStream.range(0, 4)
                        .mapToObj(number ->
                                new Thread(() -> client.send("tasks", ids(number * 2000, number * 2000 + 2000))))
                        .toList();
                threads.forEach(Thread::start);
                while (threads.stream().anyMatch(Thread::isAlive)) {
                    sums(client);
                }
            }
            List<Integer> arrived = new ArrayList<>();
            for (String body : service.bodies()) {
                for (String number : body.replaceAll("[^0-9,]", "").split(",", -1)) {
                    arrived.add(Integer.valueOf(number));
                }
            }
            for (int thread = 0; thread < 4; thread++) {
                int from = thread * 2000;
                assertEquals(
                        IntStream.range(from, from + 2000).boxed().toList(),
                        arrived.stream()
                                .filter(id -> id >= from && id < from + 2000)
                                .toList());
            }
        }
    }

    @Test
    void changesAreStamped_whereAskedFor() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED)) {
            try (PersistenceClient client =
                    builder(service).stampChanges("updated_at").build()) {
                client.send("tasks", id(1));
            }
            assertTrue(
                    service.bodies().get(0).matches(".*\"updated_at\":\"20..-[^\"]*Z\".*"), service.bodies()::toString);
        }
    }

    @Test
    void hooks_areToldOfEverythingByOtherThreads() throws Exception {
        CountingMetrics metrics = new CountingMetrics();
        try (ScriptedService service = new ScriptedService(
                request -> request.path().equals("tasks/batch") ? Reply.ACCEPTED : Reply.of(500, ""))) {
            PersistenceClient client = builder(service).metrics(metrics).build();
            client.send("tasks", ids(0, 10));
            client.send("others", ids(0, 3));
            client.send("tasks", (Map<String, Object>) null);
            client.close();

            assertEquals(sums(client).accepted(), metrics.accepted.get());
            assertEquals(14, metrics.accepted.get());
            assertEquals(10, metrics.sent.get());
            assertEquals(4, metrics.dropped.get());
            assertEquals(List.of("tasks/batch 202", "others/batch 500"), metrics.requests);
            assertEquals(Set.of("persistence-client"), metrics.threads);
        }
    }

    @Test
    void hookThatThrows_isLoggedOnceAndChangesNothing() throws Exception {
        ClientMetrics broken = new ClientMetrics() {
            @Override
            public void sent(String type, long records) {
                throw new IllegalStateException("broken hook");
            }
        };
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED)) {
            PersistenceClient client = builder(service).metrics(broken).build();
            for (int round = 0; round < 3; round++) {
                client.send("tasks", id(round));
                assertTrue(client.flush().reason().contains("202"), "which is no answer to a flush");
            }

            client.close();

            assertEquals(3, client.statistics().sent());
            assertEquals(1, warnings.messages().size(), warnings.messages()::toString);
        }
    }

    @Test
    void nobodyListens_recordsAreDroppedWithOneWarning() throws Exception {
        URI nobody;
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED)) {
            nobody = service.uri();
        }
        PersistenceClient client =
                PersistenceClient.builder(nobody).token("secret-token").build();
        for (int number = 0; number < 20; number++) {
            client.send("tasks", id(number));
            assertEquals(1, client.flush().dropped());
        }

        client.close();

        assertEquals(Map.of(DropReason.CONNECTION, 20L), sums(client).dropped());
        assertEquals(2, warnings.messages().size(), "the first at once, the rest at the end");
        long said = warnings.messages().stream()
                .mapToLong(line -> Long.parseLong(line.replaceAll(" .*", "")))
                .sum();
        assertEquals(20, said, warnings.messages()::toString);
        assertTrue(warnings.messages().stream().noneMatch(line -> line.contains("secret-token")));
    }
}
