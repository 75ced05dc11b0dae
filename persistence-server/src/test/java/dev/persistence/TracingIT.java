package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.persistence.mysql.TestDatabase;
import dev.persistence.tracing.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a trace back end receives of the whole service. The stop sends what is left, so nobody waits for a batch of spans. */
@Tag("database")
class TracingIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OTHER_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String BATCH = "/api/v1/persistence/tasks/batch";
    private static final String FLUSH = "/api/v1/persistence/flush";
    private static final String SAMPLED = "-01";
    private static final String NOT_SAMPLED = "-00";

    private final LogLines log = new LogLines();
    private final OtlpReceiver receiver = new OtlpReceiver();
    private final TestDatabase database = new TestDatabase();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        database.close();
        receiver.close();
        log.close();
    }

    @Test
    void request_continuesItsClientsTrace() throws Exception {
        try (RunningService service = start()) {
            assertEquals(202, send(service, BATCH, tasks("a", "b"), TRACE, SAMPLED));
        }

        Span span = request(TRACE);
        assertEquals(PARENT, hex(span.getParentSpanId().toByteArray()));
        assertEquals("POST " + BATCH, span.getName());
        assertEquals(
                Map.of(
                        "http.request.method", "POST",
                        "http.route", BATCH,
                        "http.response.status_code", "202",
                        "url.path", BATCH,
                        "url.scheme", "http",
                        "persistence.records", "2"),
                OtlpReceiver.attributes(span.getAttributesList()));
        assertEquals(List.of(), span.getEventsList());
        assertEquals(
                List.of("POST /v1/traces"), receiver.paths().stream().distinct().toList());
        Map<String, String> sender = receiver.senders().get(0);
        assertEquals("persistence-service", sender.get("service.name"));
        assertEquals("development", sender.get("service.version"));
    }

    @Test
    void requestThatWaitsForTheCommit_lastsAsLong() throws Exception {
        try (RunningService service = start()) {
            assertEquals(200, send(service, BATCH + "?ack=written", tasks("a"), TRACE, SAMPLED));
        }

        Span request = request(TRACE);
        assertEquals("POST " + BATCH, request.getName());
        assertTrue(request.getEndTimeUnixNano() > flush().getStartTimeUnixNano());
        assertEquals("request", attribute(flush(), "persistence.flush.reason"));
    }

    @Test
    void flush_isATraceOfItsOwnLinkedToTheSampledRequests() throws Exception {
        try (RunningService service = start()) {
            send(service, BATCH, tasks("a", "a", "b"), TRACE, SAMPLED);
            send(service, BATCH, tasks("c"), OTHER_TRACE, SAMPLED);
            send(service, BATCH, tasks("d"), "5bf92f3577b34da6a3ce929d0e0e4736", NOT_SAMPLED);
            assertEquals(200, send(service, FLUSH, "", "6bf92f3577b34da6a3ce929d0e0e4736", NOT_SAMPLED));
        }

        Span flush = flush();
        assertTrue(flush.getParentSpanId().isEmpty());
        assertEquals(
                Set.of(TRACE, OTHER_TRACE),
                flush.getLinksList().stream()
                        .map(link -> hex(link.getTraceId().toByteArray()))
                        .collect(Collectors.toSet()));
        assertEquals(2, receiver.spans(SpanKind.SPAN_KIND_SERVER).size(), "those that are not sampled are not sent");
        assertEquals("INSERT " + database.name(), flush.getName());
        Map<String, String> attributes = OtlpReceiver.attributes(flush.getAttributesList());
        assertTrue(Set.of("mysql", "mariadb").contains(attributes.get("db.system.name")), attributes::toString);
        assertEquals(database.name(), attributes.get("db.namespace"));
        assertEquals("INSERT", attributes.get("db.operation.name"));
        assertEquals("4", attributes.get("db.operation.batch.size"));
        assertEquals("request", attributes.get("persistence.flush.reason"));
        assertEquals("5", attributes.get("persistence.records.tasks"));
        assertEquals("4", attributes.get("persistence.rows.tasks"));
        assertTrue(Integer.parseInt(attributes.get("server.port")) > 0);
        assertFalse(attributes.get("server.address").isEmpty());
    }

    @Test
    void moreRequestsThanLinks_areCounted() throws Exception {
        try (RunningService service = start()) {
            for (int i = 0; i < 70; i++) {
                send(service, BATCH, tasks("t" + i), TRACE, SAMPLED);
            }
        }

        assertEquals(64, flush().getLinksCount());
        assertEquals("6", attribute(flush(), "persistence.links.omitted"));
        assertEquals("drain", attribute(flush(), "persistence.flush.reason"));
    }

    @Test
    void refusedRequest_isAnEventWithTheProblemsType() throws Exception {
        String secret = "text-of-a-user";
        try (RunningService service = start()) {
            assertEquals(422, send(service, BATCH, "{\"tasks\":[{\"" + secret + "\":1}]}", TRACE, SAMPLED));
            assertEquals(404, send(service, "/" + secret, "{}", OTHER_TRACE, SAMPLED));
        }

        assertEquals(
                List.of("persistence.request.refused {persistence.problem.type=/problems/invalid-records}"),
                events(request(TRACE)));
        assertEquals(StatusCode.STATUS_CODE_UNSET, request(TRACE).getStatus().getCode());
        assertEquals("POST", request(OTHER_TRACE).getName());
        assertEquals("404", attribute(request(OTHER_TRACE), "http.response.status_code"));
        assertFalse(receiver.text().contains(secret), receiver::text);
    }

    @Test
    void lostBatch_isAnEventAndAnError() throws Exception {
        try (RunningService service = start()) {
            database.execute("RENAME TABLE translation_tasks TO away");
            assertEquals(503, send(service, BATCH + "?ack=written", tasks("secret-key", "b"), TRACE, SAMPLED));
        }

        Span flush = flush();
        assertEquals(
                List.of("persistence.records.lost {persistence.reason=schema, persistence.record.type=tasks,"
                        + " persistence.records=2}"),
                events(flush));
        assertEquals(StatusCode.STATUS_CODE_ERROR, flush.getStatus().getCode());
        assertEquals("schema", attribute(flush, "error.type"));
        assertEquals(TRACE, hex(flush.getLinks(0).getTraceId().toByteArray()));
        Span request = request(TRACE);
        assertEquals(StatusCode.STATUS_CODE_ERROR, request.getStatus().getCode());
        assertEquals("503", attribute(request, "error.type"));
        assertEquals(
                List.of("persistence.request.refused {persistence.problem.type=/problems/not-written}"),
                events(request));
        assertFalse(receiver.text().contains("secret-key"), receiver::text);
    }

    @Test
    void refusedRecord_isAnEventAndTheFlushIsNoError() throws Exception {
        try (RunningService service = start()) {
            database.execute("ALTER TABLE translation_tasks ADD CHECK (task_id <> 'secret-key')");
            assertEquals(422, send(service, BATCH + "?ack=written", tasks("secret-key", "b"), TRACE, SAMPLED));
        }

        assertEquals(
                List.of("persistence.records.refused {persistence.reason=check, persistence.record.type=tasks,"
                        + " persistence.records=1}"),
                events(flush()));
        assertEquals("1", attribute(flush(), "persistence.rows"));
        assertEquals(StatusCode.STATUS_CODE_UNSET, flush().getStatus().getCode());
        assertFalse(receiver.text().contains("secret-key"), receiver::text);
    }

    @Test
    void whatIsPolled_hasNoSpan() throws Exception {
        try (RunningService service = start()) {
            for (String path : List.of("/health", "/health/live", "/health/ready", "/api/v1/persistence/stats", "/")) {
                assertEquals(200, service.get(path).statusCode());
            }
        }

        assertEquals(List.of(), receiver.spans());
    }

    @Test
    void logLines_ofAFlushCarryItsIds() throws Exception {
        try (RunningService service = start()) {
            database.execute("ALTER TABLE translation_tasks ADD CHECK (task_id <> 'bad')");
            send(service, BATCH + "?ack=written", tasks("bad"), TRACE, SAMPLED);
            send(service, BATCH + "?ack=written", tasks("good"), TRACE, SAMPLED);
        }

        Map<String, String> context = log.contextsOf(Level.WARN).get(0);
        Span flush = receiver.spans(SpanKind.SPAN_KIND_CLIENT).get(0);
        assertEquals(hex(flush.getTraceId().toByteArray()), context.get("trace_id"));
        assertEquals(hex(flush.getSpanId().toByteArray()), context.get("span_id"));
    }

    private RunningService start() throws Exception {
        return RunningService.start(
                database, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint()), "buffer.flush-interval=1d");
    }

    private int send(RunningService service, String path, String json, String trace, String flags) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.uri(path))
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + trace + "-" + PARENT + flags)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String tasks(String... ids) {
        return JsonTree.write(
                Map.of("tasks", List.of(ids).stream().map(Client::task).toList()));
    }

    /** The span of the one request of a trace. */
    private Span request(String trace) {
        List<Span> spans = receiver.spans(SpanKind.SPAN_KIND_SERVER).stream()
                .filter(span -> hex(span.getTraceId().toByteArray()).equals(trace))
                .toList();
        assertEquals(1, spans.size(), receiver::text);
        return spans.get(0);
    }

    /** The span of the one flush. */
    private Span flush() {
        List<Span> spans = receiver.spans(SpanKind.SPAN_KIND_CLIENT);
        assertEquals(1, spans.size(), receiver::text);
        return spans.get(0);
    }

    private static String attribute(Span span, String name) {
        return OtlpReceiver.attributes(span.getAttributesList()).get(name);
    }

    private static List<String> events(Span span) {
        return span.getEventsList().stream()
                .map(event -> event.getName() + " "
                        + new java.util.TreeMap<>(OtlpReceiver.attributes(event.getAttributesList())))
                .toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
