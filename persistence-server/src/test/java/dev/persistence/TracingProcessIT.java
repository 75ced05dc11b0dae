package dev.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.ServiceProcess;
import dev.persistence.mysql.TestDatabase;
import dev.persistence.tracing.OtlpReceiver;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tracing and the form of the log in the packaged service, by its environment. */
@Tag("database")
class TracingProcessIT {

    private final TestDatabase database = new TestDatabase();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void offByDefault_nothingOfTheLibraryIsLoaded() throws Exception {
        Path loaded = folder.resolve("classes.txt");
        try (ServiceProcess service = ServiceProcess.on(database.url(), folder)
                .with("JAVA_OPTS", "-Xlog:class+load:file=" + loaded)
                .start()) {
            Client client = new Client(service.port());
            assertEquals(200, client.write("tasks", Client.task("t-1")).status());
            assertEquals(200, client.get("/health").status());
            service.stop();
        }

        List<String> lines = Files.readAllLines(loaded);
        assertTrue(lines.stream().anyMatch(line -> line.contains(" dev.persistence.tracing.Tracing ")));
        assertEquals(
                List.of(),
                lines.stream()
                        .filter(line -> line.contains(" io.opentelemetry."))
                        .toList());
    }

    @Test
    void collectorThatReceives_getsTheSpansOfTheProcess() throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver();
                ServiceProcess service = ServiceProcess.on(database.url(), folder)
                        .with("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint())
                        .with("OTEL_SERVICE_NAME", "importer")
                        .start()) {
            assertEquals(
                    200,
                    new Client(service.port())
                            .write("tasks", Client.task("t-1"))
                            .status());
            service.stop();

            assertEquals(2, receiver.spans().size(), receiver::text);
            assertEquals("importer", receiver.senders().get(0).get("service.name"));
        }
    }

    @Test
    void collectorThatIsAway_isOneWarningAndNothingElse() throws Exception {
        try (ServiceProcess service = ServiceProcess.on(database.url(), folder)
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + unusedPort())
                .with("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20s3cret")
                .with("OTEL_BSP_SCHEDULE_DELAY", "50")
                .with("PERSISTENCE_LOG_FORMAT", "json")
                .with("SERVICE_PORT", Integer.toString(unusedPort()))
                .launch()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> service.text().contains("Listening on"));
            int port = Integer.parseInt(service.text().replaceAll("(?s).*Listening on [^\"]*:(\\d+)\".*", "$1"));
            Client client = new Client(port);
            for (int i = 0; i < 20; i++) {
                assertEquals(200, client.write("tasks", Client.task("t-" + i)).status());
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !complaints(service).isEmpty());
            long stop = System.nanoTime();
            service.term();
            assertEquals(0, service.exitCode(Duration.ofSeconds(60)), service::text);

            assertTrue(
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - stop) < 15,
                    "an orderly stop does not wait long");
            assertEquals(1, complaints(service).size(), service::text);
            assertTrue(!service.text().contains("s3cret"), service::text);
            service.output()
                    .forEach(line -> assertEquals(5, ((java.util.Map<?, ?>) JsonTree.parse(line)).size(), line));
        }
    }

    private static List<String> complaints(ServiceProcess service) {
        return service.output().stream()
                .filter(line -> line.contains("Tracing: spans could not be sent"))
                .toList();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
