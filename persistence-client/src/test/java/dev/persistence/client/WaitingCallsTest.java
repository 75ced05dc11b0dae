package dev.persistence.client;

import static dev.persistence.client.TestClients.body;
import static dev.persistence.client.TestClients.id;
import static dev.persistence.client.TestClients.ids;
import static dev.persistence.client.TestClients.sums;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.client.ScriptedService.Reply;
import dev.persistence.client.ScriptedService.Request;
import dev.persistence.client.measure.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The calls that wait: flush, writeAndWait and close. */
@Timeout(60)
class WaitingCallsTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Reply WRITTEN = Reply.of(200, "{\"status\":\"written\"}");
    private static final Reply FLUSHED =
            Reply.of(200, "{\"status\":\"flushed\",\"sessions_written\":0,\"tasks_written\":7,\"failed\":1}");

    private final LoggedWarnings quiet = new LoggedWarnings();

    @AfterEach
    void close() {
        quiet.close();
    }

    private static ClientBuilder builder(ScriptedService service) {
        return PersistenceClient.builder(service.uri()).sendEvery(NEVER).requestTimeout(Duration.ofSeconds(30));
    }

    private static Reply usual(Request request) {
        if (request.path().equals("flush")) {
            return FLUSHED;
        }
        return request.path().endsWith("written") ? WRITTEN : Reply.ACCEPTED;
    }

    @Test
    void flush_sendsWhatWaitsAndThenAsksTheService() throws Exception {
        try (ScriptedService service = new ScriptedService(WaitingCallsTest::usual);
                PersistenceClient client = builder(service).build()) {
            client.send("tasks", ids(0, 3));

            FlushResult result = client.flush();

            assertEquals(new FlushResult(true, Map.of("sessions", 0L, "tasks", 7L), 1, 0, 0, ""), result);
            assertFalse(result.complete(), "the database refused one");
            assertEquals(
                    List.of("tasks/batch", "flush"),
                    service.requests().stream().map(Request::path).toList());
        }
    }

    @Test
    void flush_whereRecordsWereLost_saysHowMany() throws Exception {
        Reply lost = Reply.of(503, "{\"status\":\"error\",\"detail\":\"lost\",\"tasks_written\":1,\"lost\":2}");
        try (ScriptedService service = new ScriptedService(request -> lost);
                PersistenceClient client = builder(service).build()) {
            client.send("tasks", ids(0, 3));

            assertEquals(
                    new FlushResult(false, Map.of("tasks", 1L), 0, 2, 3, "status 503: lost"),
                    client.flush(),
                    "the records before it were answered with 503 and dropped");
        }
    }

    @Test
    void flush_endsInItsTime() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.SILENCE);
                PersistenceClient client =
                        builder(service).flushTimeout(SHORT).closeTimeout(SHORT).build()) {
            FlushResult unanswered = client.flush();
            client.send("tasks", id(1));
            FlushResult unsent = client.flush();

            assertFalse(unanswered.flushed());
            assertTrue(unanswered.reason().contains("did not answer"), unanswered::toString);
            assertEquals(FlushResult.failed(0, "what waited could not be sent in time"), unsent);
        }
    }

    @Test
    void interruptedThread_isToldSoAndStaysInterrupted() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.SILENCE);
                PersistenceClient client = builder(service).closeTimeout(SHORT).build()) {
            for (int attempt = 0; attempt < 2; attempt++) {
                Thread.currentThread().interrupt();
                FlushResult flush = client.flush();
                assertTrue(Thread.interrupted());
                Thread.currentThread().interrupt();
                WriteResult write = client.writeAndWait("tasks", id(1));
                assertTrue(Thread.interrupted());

                assertFalse(flush.flushed());
                assertFalse(write.allWritten());
                assertTrue(write.reason().contains("interrupted"), write::toString);
                client.send("tasks", id(1)); // the second time there is something to be sent first
            }
        }
    }

    @Test
    void write_followsWhatWasSentBeforeIt() throws Exception {
        try (ScriptedService service = new ScriptedService(WaitingCallsTest::usual);
                PersistenceClient client = builder(service).build()) {
            client.send("tasks", ids(0, 3));

            WriteResult result = client.writeAndWait("tasks", ids(3, 5));

            assertEquals(new WriteResult(2, 2, List.of(), ""), result);
            assertTrue(result.allWritten());
            assertEquals(List.of(body(0, 3), body(3, 5)), service.bodies());
            assertEquals("tasks/batch?ack=written", service.requests().get(1).path());
            assertEquals(3, sums(client).accepted(), "its result says what became of the others");
        }
    }

    @Test
    void write_ofMoreThanARequestHolds_isSeveral() throws Exception {
        try (ScriptedService service = new ScriptedService(WaitingCallsTest::usual);
                PersistenceClient client = builder(service).build()) {
            assertEquals(2500, client.writeAndWait("tasks", ids(0, 2500)).written());

            assertEquals(List.of(body(0, 1000), body(1000, 2000), body(2000, 2500)), service.bodies());
        }
    }

    @Test
    void write_ofRecordThatCannotBeSent_sendsNone() throws Exception {
        try (ScriptedService service = new ScriptedService(WaitingCallsTest::usual);
                PersistenceClient client = builder(service).build()) {
            List<Map<String, Object>> records = new ArrayList<>(ids(0, 2));
            records.add(Map.of("task_id", Double.NaN));

            WriteResult result = client.writeAndWait("tasks", records);

            assertEquals(3, result.records());
            assertEquals(0, result.written());
            assertEquals(2, result.faults().get(0).index());
            assertFalse(result.reason().isEmpty());
            assertEquals(List.of(), service.requests());
        }
    }

    @Test
    void write_neverThrowsAnythingEither() throws Exception {
        try (ScriptedService service = new ScriptedService(WaitingCallsTest::usual);
                PersistenceClient client = builder(service).build()) {
            assertFalse(client.writeAndWait("tasks", (Map<String, Object>) null).allWritten());
            assertFalse(client.writeAndWait("tasks", (List<Map<String, Object>>) null)
                    .allWritten());
            assertFalse(client.writeAndWait("no type", id(1)).allWritten());
            assertFalse(client.writeAndWait(null, id(1)).allWritten());
            assertTrue(client.writeAndWait("tasks", List.of()).allWritten(), "nothing is left to write");
            assertEquals(List.of(), service.requests());
        }
    }

    @Test
    void write_whoseRecordsAreRefused_namesThemByTheirPlaceInTheCall() throws Exception {
        Reply refused = Reply.of(
                422,
                "{\"detail\":\"refused\",\"written\":499,\"error_count\":1,"
                        + "\"errors\":[{\"pointer\":\"/tasks/7\",\"detail\":\"too long\"}]}");
        try (ScriptedService service =
                        new ScriptedService(request -> request.body().equals(body(1000, 1500)) ? refused : WRITTEN);
                PersistenceClient client = builder(service).build()) {
            assertEquals(
                    new WriteResult(
                            1500, 1499, List.of(new WriteResult.Fault(1007, "too long")), "status 422: refused"),
                    client.writeAndWait("tasks", ids(0, 1500)));
        }
    }

    @Test
    void write_endsInItsTimeWithTheReason() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.SILENCE);
                PersistenceClient client = builder(service).writeTimeout(SHORT).build()) {
            WriteResult result = client.writeAndWait("tasks", id(1));

            assertFalse(result.allWritten());
            assertTrue(result.reason().contains("did not answer"), result::toString);
        }
    }

    @Test
    void close_sendsWhatWaitsAndLeavesNoThread() throws Exception {
        try (ScriptedService service = new ScriptedService(WaitingCallsTest::usual)) {
            PersistenceClient client = builder(service).build();
            client.send("tasks", ids(0, 50));
            client.send("sessions", ids(0, 50));

            client.close();
            client.close();

            assertEquals(100, sums(client).sent());
            await().until(() -> {
                System.gc(); // before Java 21, the HTTP client ends when it is collected
                return TestClients.threads().isEmpty();
            });
        }
    }

    @Test
    void closedClient_countsWhatItIsGivenAndAnswersWithoutARequest() throws Exception {
        try (ScriptedService service = new ScriptedService(WaitingCallsTest::usual)) {
            PersistenceClient client = builder(service).build();
            client.close();

            client.send("tasks", ids(0, 3));

            assertEquals(Map.of(DropReason.CLOSED, 3L), sums(client).dropped());
            assertEquals("the client is closed", client.flush().reason());
            assertEquals(
                    "the client is closed", client.writeAndWait("tasks", id(1)).reason());
            assertEquals(List.of(), service.requests());
        }
    }

    @Test
    void close_givesUpWhenItsTimeIsOver() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.SILENCE)) {
            PersistenceClient client =
                    builder(service).sendAt(10).closeTimeout(SHORT).build();
            client.send("tasks", ids(0, 10));
            await().until(() -> service.requests().size() == 1);
            client.send("tasks", ids(10, 15));

            client.close();

            assertEquals(0, sums(client).waiting());
            assertEquals(15, client.statistics().droppedInAll());
            assertTrue(quiet.messages().toString().contains("closed"), quiet.messages()::toString);
            assertEquals(1, service.requests().size());
        }
    }

    @Test
    void close_endsTheCallsThatWait() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.SILENCE)) {
            PersistenceClient client = builder(service).build();
            CompletableFuture<WriteResult> write =
                    CompletableFuture.supplyAsync(() -> client.writeAndWait("tasks", id(1)));
            await().until(() -> service.requests().size() == 1);

            client.close();

            assertEquals(WriteResult.failed(1, "the client is closed"), write.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void interruptedClose_givesUpAtOnceAndStaysInterrupted() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.SILENCE)) {
            PersistenceClient client = builder(service).closeTimeout(NEVER).build();
            client.send("tasks", ids(0, 3));

            Thread.currentThread().interrupt();
            client.close();

            assertTrue(Thread.interrupted());
            await().until(() -> sums(client).dropped(DropReason.CLOSED) == 3);
        }
    }
}
