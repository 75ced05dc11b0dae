package dev.persistence.history.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.persistence.history.oracle.Checkpoint;
import dev.persistence.history.oracle.Sending.Life;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotebookTest {

    /** Statistics do not tell records that were lost from those that the database refused. */
    private static final String ONE_FAILED =
            "{\"total_sessions_failed\":0,\"total_tasks_failed\":1,\"total_count\":0,\"oldest_unwritten_ms\":0}";

    private static final Life ASKED = new Life(1, 0);

    private final Notebook notes = new Notebook();
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            byte[] body = ONE_FAILED.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void failedRecord_whereTheProcessRefusedOne_isNotLost() throws Exception {
        notes.poisonSent(ASKED);
        notes.poisonRefused(ASKED);

        assertEquals(0, checkpoint().lostAtMost());
    }

    @Test
    void failedRecord_whereOtherProcessesRefusedTheirs_isLost() throws Exception {
        for (Life other : new Life[] {new Life(0, 0), new Life(1, 1)}) {
            notes.poisonSent(other);
            notes.poisonRefused(other);
        }

        Checkpoint checkpoint = checkpoint();

        assertEquals(1, checkpoint.lostAtLeast());
        assertEquals(1, checkpoint.lostAtMost());
    }

    private Checkpoint checkpoint() throws IOException {
        try (WireClient client = new WireClient(service.getAddress().getPort())) {
            notes.checkpoint(client, ASKED, 0);
        }
        return notes.history().checkpoints().get(0);
    }
}
