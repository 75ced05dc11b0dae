package dev.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The orderly stop, with everything in progress that can be in progress. */
@Tag("database")
class DrainIT {

    private static final String LATE = "{\"tasks\":[" + JsonTree.write(Client.task("late")) + "]}";

    private static final String READY = "GET /health/ready HTTP/1.1\r\nHost: x\r\n";

    private final LogLines log = new LogLines();
    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
        log.close();
    }

    @Test
    void requestsInProgress_areAnsweredAndEverythingAcceptedIsWritten() throws Exception {
        RunningService service = RunningService.start(database, "buffer.flush-interval=1d");
        Client client = new Client(service);
        CompletableFuture<Integer> exitCode;
        List<CompletableFuture<Client.Answer>> waiting = new ArrayList<>();
        try (HeldTable table = new HeldTable(database, "translation_tasks");
                Connection half = new Connection(service)) {
            waiting.add(client.beginWrite("tasks", List.of(Client.task("w-0"))));
            table.awaitWriter();
            for (int i = 1; i < 5; i++) {
                waiting.add(client.beginWrite("tasks", List.of(Client.task("w-" + i))));
            }
            client.send("tasks", Client.task("a-1"), Client.task("a-2"));
            await().until(() -> client.stats().number("buffer", "tasks_count") == 7);
            half.send(
                    "POST /api/v1/persistence/tasks/batch HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
                            + LATE.length() + "\r\n\r\n");
            half.expect("100 Continue");

            exitCode = service.beginStop();
            awaitRefusedConnections(service);
            half.send(LATE);
            half.expect("202 Accepted");
            table.free();
        }
        for (CompletableFuture<Client.Answer> answer : waiting) {
            assertEquals(200, answer.get().status());
        }
        assertEquals(0, exitCode.get());
        assertEquals(
                List.of("a-1", "a-2", "late", "w-0", "w-1", "w-2", "w-3", "w-4"),
                database.rows("SELECT task_id FROM translation_tasks ORDER BY task_id"));
        assertEquals(List.of(), log.of(Level.ERROR));
    }

    @Test
    void draining_isNotReadyAndTakesNothingNew() throws Exception {
        RunningService service = RunningService.start(database, "buffer.flush-interval=1d");
        CompletableFuture<Integer> exitCode;
        CompletableFuture<Client.Answer> waiting;
        try (HeldTable table = new HeldTable(database, "translation_tasks");
                Connection probe = new Connection(service);
                Connection health = new Connection(service);
                Connection writer = new Connection(service);
                Connection idle = new Connection(service)) {
            waiting = new Client(service).beginWrite("tasks", List.of(Client.task("w-1")));
            table.awaitWriter();
            // The answer to a request proves that what was sent with it, the beginning of the next one, has arrived
            // too.
            probe.send(READY + "\r\n" + READY);
            health.send(READY + "\r\nGET /health HTTP/1.1\r\nHost: x\r\n");
            writer.send(READY + "\r\nPOST /api/v1/persistence/tasks/batch HTTP/1.1\r\nHost: x\r\nContent-Length: "
                    + LATE.length() + "\r\n");
            idle.send(READY + "\r\n");
            for (Connection connection : List.of(probe, health, writer, idle)) {
                connection.expect("{\"status\":\"ready\"}");
            }

            exitCode = service.beginStop();
            awaitRefusedConnections(service);
            assertEquals("", idle.rest());
            probe.send("\r\n");
            probe.expect("{\"status\":\"draining\"}");
            health.send("\r\n");
            health.expect("503 Service Unavailable");
            writer.send("\r\n" + LATE);
            writer.expect("503 Service Unavailable");
            assertTrue(writer.rest().toLowerCase(Locale.ROOT).contains("retry-after:"));
            table.free();
        }
        assertEquals(200, waiting.get().status());
        assertEquals(0, exitCode.get());
        assertEquals(List.of("w-1"), database.rows("SELECT task_id FROM translation_tasks"));
    }

    @Test
    void shutdownTimeoutPasses_exitsWith1AndNamesTheLosses() throws Exception {
        RunningService service =
                RunningService.start(database, "buffer.flush-interval=1d", "service.shutdown-timeout=500ms");
        Client client = new Client(service);
        try (HeldTable table = new HeldTable(database, "translation_tasks")) {
            CompletableFuture<Client.Answer> waiting = client.beginWrite("tasks", List.of(Client.task("w-1")));
            table.awaitWriter();
            client.send("tasks", Client.task("a-1"), Client.task("a-2"));
            client.send("sessions", Client.session("s-1"));

            assertEquals(1, service.beginStop().get(10, TimeUnit.SECONDS));
            await().until(waiting::isCompletedExceptionally);
            assertEquals(
                    List.of(
                            "Stopped with 4 records lost: they were not written within service.shutdown-timeout = 500 ms"),
                    log.of(Level.ERROR));
        }
        await().until(() ->
                database.rows("SELECT COUNT(*) FROM translation_tasks").equals(List.of("0")));
    }

    @Test
    void portThatIsTaken_endsTheStartWithOneLine() throws Exception {
        try (RunningService first = RunningService.start(database)) {
            int port = first.uri("/").getPort();
            assertEquals(1, RunningService.failToStart(database.url(), "service.port=" + port));
            assertOneLine("Not started: service.host, service.port: cannot listen on 127.0.0.1:" + port + ": ");
            assertEquals(200, new Client(first).get("/health").status());
        }
    }

    @Test
    void databaseThatIsDown_endsTheStartWithOneLine() {
        assertEquals(1, RunningService.failToStart("jdbc:mysql://127.0.0.1:1/x"));
        assertOneLine("Not started: database.url: nothing answers");
    }

    @Test
    void wrongPassword_endsTheStartWithOneLine() {
        String url = database.url().replaceAll("user=[^&]*", "user=nobody") + "&password=not-this";
        assertEquals(1, RunningService.failToStart(url));
        assertOneLine("Not started: database.url: the server refused");
    }

    @Test
    void missingTable_endsTheStartWithOneMessage() {
        assertEquals(1, RunningService.failToStart(database.url(), "database.migrate=false"));
        List<String> errors = log.of(Level.ERROR);
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(
                errors.get(0).startsWith("Not started: The tables in database " + database.name()), errors::toString);
        assertTrue(errors.get(0).contains("tasks, table translation_tasks: there is no such table"), errors::toString);
    }

    private void assertOneLine(String start) {
        List<String> errors = log.of(Level.ERROR);
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).startsWith(start) && errors.get(0).lines().count() == 1, errors::toString);
        assertTrue(!errors.get(0).contains("not-this"), errors::toString);
    }

    private static void awaitRefusedConnections(RunningService service) {
        await().until(() -> {
            try (Connection taken = new Connection(service)) {
                return taken.socket.isClosed();
            } catch (ConnectException refused) {
                return true;
            }
        });
    }

    /** A connection on which a test decides what is sent when. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket;

        Connection(RunningService service) throws IOException {
            socket = new Socket(
                    InetAddress.getLoopbackAddress(), service.uri("/").getPort());
            socket.setSoTimeout(10_000);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Reads up to and with the text. */
        void expect(String text) throws IOException {
            StringBuilder read = new StringBuilder();
            while (read.indexOf(text) < 0) {
                int next = socket.getInputStream().read();
                assertTrue(next >= 0, () -> "ended after: " + read);
                read.append((char) next);
            }
        }

        /** Reads until the other side closes. */
        String rest() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
