package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.persistence.http.endpoint.DatabaseHealth;
import dev.persistence.http.endpoint.RecordFlow;
import dev.persistence.http.endpoint.ServiceInfo;
import dev.persistence.http.security.Security;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.Exposition;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

/** A real HTTP server on a real ring; the consumer's part is played by the test. */
final class Station implements AutoCloseable {

    static final RecordTypes TYPES = Declarations.read(ConfigFactory.parseResources("record-types.conf"));
    static final String TASKS = "/api/v1/persistence/tasks/batch";
    static final String SESSIONS = "/api/v1/persistence/sessions/batch";
    static final String FLUSH = "/api/v1/persistence/flush";
    static final int MAX_BYTES = 100_000;

    static {
        Leaks.watch();
    }

    final ArrivalClock clock = ArrivalClock.system();
    final RecordRing ring;
    final RecordedMetrics metrics = new RecordedMetrics();
    final FixedStatistics statistics = new FixedStatistics();
    final Exposition exposition = (format, packed) -> CompletableFuture.supplyAsync(
            () -> (format + (packed ? " packed" : "")).getBytes(StandardCharsets.US_ASCII));
    final HandConsumer consumer;
    final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    Station(HttpSettings settings, int ringSize, DatabaseHealth health) {
        this(settings, ringSize, health, Transport.best());
    }

    private Station(HttpSettings settings, int ringSize, DatabaseHealth health, Transport transport) {
        this(settings, ringSize, health, transport, Security.none());
    }

    private Station(
            HttpSettings settings, int ringSize, DatabaseHealth health, Transport transport, Security security) {
        ring = new RecordRing(ringSize, 1 << 20, TYPES.size(), 20, Duration.ofMillis(10), clock);
        consumer = new HandConsumer(ring);
        ServiceInfo info = new ServiceInfo("1.2.3", 1000, Duration.ofSeconds(30));
        server = new HttpServer(settings, flow(), health, exposition, info, security, transport);
        server.start();
    }

    static Station startOn(Transport transport) {
        return startOn(transport, settings());
    }

    static Station startOn(Transport transport, HttpSettings settings) {
        return new Station(settings, 64, () -> CompletableFuture.completedFuture(true), transport);
    }

    /** One that is guarded; the test closes what guards it. */
    static Station startOn(Transport transport, HttpSettings settings, Security security) {
        return new Station(settings, 64, () -> CompletableFuture.completedFuture(true), transport, security);
    }

    static Station start() {
        return start(settings());
    }

    static Station start(HttpSettings settings) {
        return new Station(settings, 64, () -> CompletableFuture.completedFuture(true));
    }

    static HttpSettings settings() {
        return settings(Duration.ofSeconds(20), Duration.ofSeconds(20), 100, Duration.ofSeconds(20));
    }

    static HttpSettings settings(Duration request, Duration idle, int connections, Duration flush) {
        return new HttpSettings("127.0.0.1", 0, MAX_BYTES, 50, request, idle, connections, flush, ZoneOffset.UTC);
    }

    RecordFlow flow() {
        return new RecordFlow(TYPES, ring, clock, metrics, statistics);
    }

    RawClient connect() {
        return new RawClient(server.port());
    }

    HttpResponse<String> get(String path) {
        return send(request(path)).join();
    }

    HttpResponse<String> post(String path, String body) {
        return postLater(path, body).join();
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    /** A body of this many small valid sessions. */
    static String sessions(int count) {
        StringBuilder body = new StringBuilder("{\"sessions\":[");
        for (int record = 0; record < count; record++) {
            body.append(record == 0 ? "" : ",")
                    .append("{\"session_id\":\"s")
                    .append(record)
                    .append("\",\"filename\":\"f\",\"file_path\":\"p\",\"status\":\"new\",\"llm_provider\":\"l\"}");
        }
        return body.append("]}").toString();
    }

    @Override
    public void close() {
        server.close();
        assertEquals(0, server.receivedBytes(), "every received body is given back");
        Leaks.assertNone();
    }
}
