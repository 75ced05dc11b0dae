package dev.persistence.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.Client;
import dev.persistence.RunningService;
import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of records when the network between client and service fails: all of a request is taken, or nothing. */
@Tag("database")
@Timeout(60)
class ClientFaultIT {

    private static final String BODY = "\"source_text\"";

    private final TestDatabase database = new TestDatabase();
    private RunningService service;
    private FaultProxy proxy;
    private Client faulty;
    private Client direct;

    @BeforeEach
    void open() throws Exception {
        service = RunningService.start(database, "buffer.flush-interval=1d", "service.request-timeout=1s");
        proxy = FaultProxy.to(service.port());
        faulty = new Client(proxy.port());
        direct = new Client(service);
    }

    @AfterEach
    void close() {
        proxy.close();
        service.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void cutWithinABody_takesNothing(End end) throws Exception {
        proxy.cutAfter(Direction.TO_SERVER, BODY, Direction.TO_SERVER, 5, end);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            client.getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
            await().until(() -> proxy.stalled() || proxy.open() == 0);

            assertEquals(0, direct.flush().number("tasks_written"));
        }
        assertEquals(200, faulty.write("tasks", Client.task("t-2")).status());
        assertEquals(List.of("t-2|new"), rows());
    }

    private static String request() {
        String body = "{\"tasks\":[{\"task_id\":\"t-1\",\"session_id\":\"s\",\"batch_id\":\"b\",\"sheet_name\":\"n\","
                + "\"row_index\":1,\"column_name\":\"c\",\"source_text\":\"text\",\"status\":\"new\"}]}";
        return "POST /api/v1/persistence/tasks/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void bodyThatStalls_isRefusedWith408() throws Exception {
        byte[] request = request().getBytes(StandardCharsets.UTF_8);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(request, 0, request.length - 20);
            await().until(() -> proxy.forwarded() == request.length - 20);
            proxy.flow(Direction.TO_SERVER, Flow.STALLED);
            client.getOutputStream().write(request, request.length - 20, 20);

            String answer = new String(client.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
            assertEquals("HTTP/1.1 408", answer);
        }
        assertEquals(0, direct.flush().number("tasks_written"));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "CLOSE"})
    void answerThatIsLost_leavesTheRecordsTakenOnceAndSentAgainTheyAreTheSameRow(End end) {
        assertEquals(202, faulty.send("tasks", Client.task("t-0")).status());
        proxy.cutAfter(Direction.TO_CLIENT, "HTTP/1.1 200", Direction.TO_CLIENT, 3, end);
        assertThrows(IllegalStateException.class, () -> faulty.write("tasks", Client.task("t-1")));

        assertEquals(200, faulty.write("tasks", Client.task("t-1")).status());
        assertEquals(List.of("t-0|new", "t-1|new"), rows());
        assertEquals(3, direct.stats().number("performance", "total_tasks_written"));
    }

    @Test
    void clientThatIsGoneWhileItWaits_hasItsRecordsWritten() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            client.getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
            await().until(() -> direct.stats().number("buffer", "total_count") == 1);
            proxy.end(End.RESET);
        }
        assertEquals(1, direct.flush().number("tasks_written"));
        assertEquals(List.of("t-1|new"), rows());
    }

    @Test
    void clientThatHasEndedItsInput_isAnswered() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();

            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 202"), answer);
        }
    }

    @Test
    void serverSideThatIsHalfClosed_isNoticedByTheClientOnly() {
        assertEquals(202, faulty.send("tasks", Client.task("t-1")).status());
        proxy.halfClose(Direction.TO_CLIENT);

        assertEquals(202, faulty.send("tasks", Client.task("t-2")).status());
        assertEquals(2, direct.flush().number("tasks_written"));
    }

    @Test
    void latencyAndNarrowBand_onlyDelay() {
        proxy.flow(Flow.delayed(Duration.ofMillis(200), Duration.ofMillis(20)));
        assertEquals(202, faulty.send("tasks", Client.task("t-1")).status());
        proxy.flow(Flow.limited(64 << 10));
        assertEquals(
                202,
                faulty.send("tasks", Client.task("t-2", "source_text", "x".repeat(30_000)))
                        .status());
        assertEquals(2, direct.flush().number("tasks_written"));
    }

    private List<String> rows() {
        return database.rows("SELECT task_id, status FROM translation_tasks ORDER BY task_id");
    }
}
