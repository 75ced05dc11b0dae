package dev.persistence.client;

import static dev.persistence.client.TestClients.body;
import static dev.persistence.client.TestClients.id;
import static dev.persistence.client.TestClients.ids;
import static dev.persistence.client.TestClients.sums;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.persistence.client.ScriptedService.Reply;
import dev.persistence.client.ScriptedService.Request;
import dev.persistence.client.measure.DropReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request, answered or not. */
@Timeout(60)
class DeliveryTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final LoggedWarnings quiet = new LoggedWarnings();

    @AfterEach
    void close() {
        quiet.close();
    }

    private static PersistenceClient client(ScriptedService service, Duration timeout) {
        return PersistenceClient.builder(service.uri())
                .sendEvery(Duration.ofMillis(20))
                .requestTimeout(timeout)
                .build();
    }

    private static PersistenceClient client(ScriptedService service) {
        return client(service, Duration.ofSeconds(30));
    }

    /** Sends some records and waits until they are settled. */
    private static void send(PersistenceClient client, int from, int to) {
        client.send("tasks", ids(from, to));
        await().until(() -> client.statistics().waiting() == 0);
        sums(client);
    }

    /** Answers the nth request by the nth reply, and those after with 202. */
    private static Function<Request, Reply> inTurn(List<Request> noted, Reply... replies) {
        return request -> {
            synchronized (noted) {
                noted.add(request);
                return noted.size() <= replies.length ? replies[noted.size() - 1] : Reply.ACCEPTED;
            }
        };
    }

    private static Function<Request, Reply> inTurn(Reply... replies) {
        return inTurn(new java.util.ArrayList<>(), replies);
    }

    @ParameterizedTest
    @CsvSource({
        "200, STATUS",
        "302, STATUS",
        "400, STATUS",
        "401, UNAUTHORIZED",
        "403, UNAUTHORIZED",
        "404, STATUS",
        "413, TOO_LARGE",
        "422, REFUSED",
        "500, STATUS",
        "503, UNAVAILABLE"
    })
    void otherAnswer_dropsTheBatchAndTriesNothingAgain(int status, DropReason reason) throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.of(status, "not JSON")));
                PersistenceClient client = client(service)) {
            send(client, 0, 3);
            send(client, 3, 5);

            assertEquals(Map.of(reason, 3L), client.statistics().dropped());
            assertEquals(List.of(body(0, 3), body(3, 5)), service.bodies());
        }
    }

    @Test
    void silence_isDroppedInTimeAndTheNextBatchSentOnAnotherConnection() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.SILENCE));
                PersistenceClient client = client(service, SHORT)) {
            send(client, 0, 3);
            send(client, 3, 5);

            assertEquals(Map.of(DropReason.TIMED_OUT, 3L), client.statistics().dropped());
            assertEquals(List.of(body(0, 3), body(3, 5)), service.bodies());
            assertEquals(1, service.requests().get(1).connection());
        }
    }

    @Test
    void answerThatDoesNotEnd_isDroppedInTimeToo() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.headOnly(202)));
                PersistenceClient client = client(service, SHORT)) {
            send(client, 0, 3);

            assertEquals(Map.of(DropReason.TIMED_OUT, 3L), client.statistics().dropped());
        }
    }

    @Test
    void keptConnectionThatIsClosed_repeatsTheBatchOnce() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.ACCEPTED, Reply.CUT));
                PersistenceClient client = client(service)) {
            send(client, 0, 1);
            send(client, 1, 3);

            assertEquals(List.of(body(0, 1), body(1, 3), body(1, 3)), service.bodies());
            assertEquals(3, client.statistics().sent());
        }
    }

    @Test
    void keptConnectionThatIsClosed_andTheNextToo_dropsTheBatch() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.ACCEPTED, Reply.CUT, Reply.CUT));
                PersistenceClient client = client(service)) {
            send(client, 0, 1);
            send(client, 1, 3);
            send(client, 3, 4);

            assertEquals(List.of(body(0, 1), body(1, 3), body(1, 3), body(3, 4)), service.bodies());
            assertEquals(Map.of(DropReason.CONNECTION, 2L), client.statistics().dropped());
        }
    }

    @Test
    void keptConnectionToAStoppingService_repeatsTheBatchOnce() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.ACCEPTED, Reply.DRAINING));
                PersistenceClient client = client(service)) {
            send(client, 0, 1);
            send(client, 1, 3);

            assertEquals(List.of(body(0, 1), body(1, 3), body(1, 3)), service.bodies());
            assertEquals(3, client.statistics().sent());
        }
    }

    @Test
    void newConnectionToAStoppingService_dropsTheBatch() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.DRAINING));
                PersistenceClient client = client(service)) {
            send(client, 0, 3);

            assertEquals(List.of(body(0, 3)), service.bodies());
            assertEquals(Map.of(DropReason.UNAVAILABLE, 3L), client.statistics().dropped());
        }
    }

    @Test
    void newConnectionThatIsClosed_dropsTheBatch() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.CUT));
                PersistenceClient client = client(service)) {
            send(client, 0, 3);

            assertEquals(List.of(body(0, 3)), service.bodies());
            assertEquals(Map.of(DropReason.CONNECTION, 3L), client.statistics().dropped());
        }
    }

    @Test
    void refusedRecords_areDroppedAndTheOthersSent() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.faults(3, 1, 1, 2)));
                PersistenceClient client = client(service)) {
            send(client, 0, 4);

            assertEquals(List.of(body(0, 4), "{\"tasks\":[{\"task_id\":0},{\"task_id\":3}]}"), service.bodies());
            assertEquals(Map.of(DropReason.REFUSED, 2L), client.statistics().dropped());
            assertEquals(2, client.statistics().sent());
        }
    }

    @Test
    void onlyRefusedRecords_sendNothingMore() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.faults(2, 0, 1)));
                PersistenceClient client = client(service)) {
            send(client, 0, 2);

            assertEquals(List.of(body(0, 2)), service.bodies());
            assertEquals(Map.of(DropReason.REFUSED, 2L), client.statistics().dropped());
        }
    }

    @Test
    void refusedAgain_dropsThoseToo() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.faults(2, 0), Reply.faults(1, 0)));
                PersistenceClient client = client(service)) {
            send(client, 0, 4);

            assertEquals(List.of(body(0, 4), body(1, 4), body(2, 4)), service.bodies());
            assertEquals(Map.of(DropReason.REFUSED, 2L), client.statistics().dropped());
            assertEquals(2, client.statistics().sent());
        }
    }

    @Test
    void refusedTimeAndAgain_dropsTheRestAfterSixRequests() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.faults(1, 0));
                PersistenceClient client = client(service)) {
            send(client, 0, 10);

            assertEquals(6, service.bodies().size());
            assertEquals(body(5, 10), service.bodies().get(5));
            assertEquals(Map.of(DropReason.REFUSED, 10L), client.statistics().dropped());
        }
    }

    @Test
    void faultsThatNameNoRecordOfTheBatch_dropIt() throws Exception {
        try (ScriptedService service = new ScriptedService(inTurn(Reply.faults(1, 7)));
                PersistenceClient client = client(service)) {
            send(client, 0, 4);

            assertEquals(List.of(body(0, 4)), service.bodies());
            assertEquals(Map.of(DropReason.REFUSED, 4L), client.statistics().dropped());
        }
    }

    @Test
    void largeBody_isPackedAndASmallOneIsNot() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED);
                PersistenceClient client = client(service)) {
            String small = "x".repeat(8 * 1024 - "{\"tasks\":[{\"task_id\":\"\"}]}".length());
            for (String text : List.of(small, small + "x")) {
                client.send("tasks", Map.of("task_id", text));
                await().until(() -> client.statistics().waiting() == 0);
            }

            assertFalse(service.requests().get(0).headers().containsKey("content-encoding"));
            assertEquals("gzip", service.requests().get(1).headers().get("content-encoding"));
            assertEquals(
                    "{\"tasks\":[{\"task_id\":\"" + small + "x\"}]}",
                    service.bodies().get(1));
        }
    }

    @Test
    void token_isSentWithEachRequest() throws Exception {
        try (ScriptedService service = new ScriptedService(request -> Reply.ACCEPTED)) {
            try (PersistenceClient client =
                    PersistenceClient.builder(service.uri()).token("abc").build()) {
                client.send("tasks", id(1));
            }
            assertEquals("Bearer abc", service.requests().get(0).headers().get("authorization"));
        }
    }
}
