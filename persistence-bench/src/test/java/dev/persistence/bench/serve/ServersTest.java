package dev.persistence.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.StationSettings;
import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServersTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final byte[] TASKS =
            new SyntheticTasks(TaskOptions.usual(100, 1, "s")).next(0).body();

    @Test
    void drain_answersEveryRequestWith202() throws Exception {
        try (DrainServer server = DrainServer.start()) {
            for (int request = 0; request < 3; request++) {
                assertEquals(202, post(server, "tasks/batch", TASKS).statusCode());
            }
            assertEquals(202, post(server, "flush", new byte[0]).statusCode());
        }
    }

    @Test
    void decode_countsRecords() throws Exception {
        try (DecodeServer server = DecodeServer.start(settings())) {
            HttpResponse<String> answer = post(server, "tasks/batch", TASKS);

            assertEquals(202, answer.statusCode());
            assertTrue(answer.body().startsWith("{\"status\":\"accepted\",\"count\":100,"), answer.body());
        }
    }

    @Test
    void decode_refusesWhatTheServiceRefuses() throws Exception {
        try (DecodeServer server = DecodeServer.start(settings())) {
            byte[] faulty = "{\"tasks\":[{\"task_id\":\"\"}]}".getBytes(StandardCharsets.UTF_8);

            assertEquals(422, post(server, "tasks/batch", faulty).statusCode());
        }
    }

    @Test
    void discard_takesRecordsAndSettlesThem() throws Exception {
        try (DiscardServer server = DiscardServer.start(settings(), Duration.ZERO)) {
            HttpResponse<String> answer = post(server, "tasks/batch", TASKS);
            HttpResponse<String> flushed = post(server, "flush", new byte[0]);

            assertEquals(202, answer.statusCode());
            assertTrue(answer.body().contains("\"count\":100"), answer.body());
            assertEquals(200, flushed.statusCode());
            assertTrue(flushed.body().contains("\"tasks_written\":100"), flushed.body());
        }
    }

    @Test
    void discardWithDelay_holdsRecordsWhileItFlushes() throws Exception {
        StationSettings oneRequestFills = settings("buffer.ring-size=128", "buffer.max-buffer-size=100");
        try (DiscardServer server = DiscardServer.start(oneRequestFills, Duration.ofSeconds(3))) {
            assertEquals(202, post(server, "tasks/batch", TASKS).statusCode());
            assertEquals(503, post(server, "tasks/batch", TASKS).statusCode());
        }
    }

    private static StationSettings settings(String... assignments) {
        return StationSettings.read(Map.of(), List.of(assignments));
    }

    private static HttpResponse<String> post(Server server, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/api/v1/persistence/" + path))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
