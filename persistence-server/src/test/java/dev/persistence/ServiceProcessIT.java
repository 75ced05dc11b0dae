package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.ServiceProcess;
import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as a process of its own, with real signals. */
@Tag("database")
class ServiceProcessIT {

    @TempDir
    Path logs;

    @Test
    void sigterm_underLoad_writesEverythingAccepted() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try (TestDatabase database = new TestDatabase();
                ServiceProcess service = ServiceProcess.on(database.url(), logs)
                        .with("JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid")
                        .start()) {
            CountDownLatch underLoad = new CountDownLatch(200); // requests accepted before the signal
            List<Future<Integer>> accepted = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                String prefix = "client-" + client + "-";
                accepted.add(clients.submit(() -> sendUntilRefused(service.port(), prefix, underLoad)));
            }
            assertTrue(underLoad.await(60, TimeUnit.SECONDS));
            service.term();

            assertEquals(0, service.exitCode(Duration.ofSeconds(60)), service::text);
            assertTrue(service.output().stream().noneMatch(line -> line.contains("LEAK:")), service::text);
            int records = 0;
            for (Future<Integer> client : accepted) {
                records += client.get();
            }
            assertEquals(List.of(Integer.toString(records)), database.rows("SELECT COUNT(*) FROM translation_tasks"));
        } finally {
            clients.shutdownNow();
        }
    }

    /** Sends until the service is draining or gone; returns the records it said it accepted. */
    private static int sendUntilRefused(int port, String prefix, CountDownLatch underLoad) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        AtomicInteger next = new AtomicInteger();
        int accepted = 0;
        while (true) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/api/v1/persistence/tasks/batch"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(tasks(prefix, next)))
                    .build();
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status != 202) {
                    assertEquals(503, status);
                    return accepted;
                }
            } catch (IOException closed) { // between two requests, as a stop may do
                return accepted;
            }
            accepted += 10;
            underLoad.countDown();
        }
    }

    private static String tasks(String prefix, AtomicInteger next) {
        StringBuilder body = new StringBuilder("{\"tasks\":[");
        for (int i = 0; i < 10; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"task_id\":\"")
                    .append(prefix)
                    .append(next.incrementAndGet())
                    .append("\",\"session_id\":\"s\",\"batch_id\":\"b\",\"sheet_name\":\"sheet\",\"row_index\":1,")
                    .append("\"column_name\":\"c\",\"source_text\":\"text\",\"status\":\"pending\"}");
        }
        return body.append("]}").toString();
    }
}
