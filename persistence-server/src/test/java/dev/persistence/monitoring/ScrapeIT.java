package dev.persistence.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.Client;
import dev.persistence.RunningService;
import dev.persistence.fault.Accepting;
import dev.persistence.fault.End;
import dev.persistence.fault.FaultProxy;
import dev.persistence.http.security.Token;
import dev.persistence.mysql.TestDatabase;
import dev.persistence.telemetry.registry.Family;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code GET /metrics} of a service after some load. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScrapeIT {

    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";
    private static final Pattern SERVER = Pattern.compile("//[^/]+:(\\d+)/");

    private final TestDatabase database = new TestDatabase();
    private RunningService service;
    private Client client;

    @BeforeAll
    void load() throws Exception {
        service = RunningService.start(database);
        client = new Client(service);
        for (int n = 0; n < 5; n++) {
            client.send("sessions", Client.session("s-" + n, "nobody_knows_it", 1));
        }
        client.write("tasks", Client.task("t-1"));
        client.write("tasks", List.of(Client.task("t-2"), Client.task("t-2")));
        client.flush();
    }

    @AfterAll
    void close() {
        service.close();
        database.close();
    }

    private int port() {
        Matcher server = SERVER.matcher(database.url());
        assertTrue(server.find(), database.url());
        return Integer.parseInt(server.group(1));
    }

    private Scrape scrape(String... headers) throws Exception {
        return Scrape.of(service.uri("/metrics"), headers);
    }

    private static String sample(Family family) {
        return family.prometheusName()
                + switch (family.kind()) {
                    case COUNTER -> "_total";
                    case TIMES, COUNTS -> "_bucket";
                    case INFO -> "_info";
                    case GAUGE -> "";
                };
    }

    private static String textName(Family family) {
        return switch (family.kind()) {
            case TIMES, COUNTS -> family.prometheusName();
            default -> sample(family);
        };
    }

    private static String type(Family family) {
        return switch (family.kind()) {
            case COUNTER -> "counter";
            case TIMES, COUNTS -> "histogram";
            case INFO -> "info";
            case GAUGE -> "gauge";
        };
    }

    @Test
    void text_hasEveryFamilyWithHelpAndType() throws Exception {
        Scrape scrape = scrape("Accept", "text/plain");

        assertEquals("text/plain; version=0.0.4; charset=utf-8", scrape.contentType());
        for (Family family : Family.values()) {
            String kind = type(family).replace("info", "gauge"); // what the older format does not know
            assertTrue(scrape.has("# HELP " + textName(family) + " " + family.help()), family::toString);
            assertTrue(scrape.has("# TYPE " + textName(family) + " " + kind), family::toString);
            assertTrue(scrape.hasSample(sample(family)), family::toString);
        }
    }

    @Test
    void openMetrics_hasEveryFamilyWithHelpAndType() throws Exception {
        Scrape scrape = scrape("Accept", OPEN_METRICS);

        assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", scrape.contentType());
        for (Family family : Family.values()) {
            assertTrue(scrape.has("# HELP " + family.prometheusName() + " " + family.help()), family::toString);
            assertTrue(scrape.has("# TYPE " + family.prometheusName() + " " + type(family)), family::toString);
            assertTrue(scrape.hasSample(sample(family)), family::toString);
        }
    }

    @Test
    void counters_agreeWithStats() throws Exception {
        Scrape scrape = scrape();
        Client.Answer stats = client.stats();

        assertEquals(5, scrape.value("persistence_records_written_total{type=\"sessions\"}"));
        assertEquals(5, scrape.value("persistence_unknown_fields_total"));
        assertEquals(
                total(stats, "total_tasks_written"), scrape.value("persistence_records_written_total{type=\"tasks\"}"));
        assertEquals(total(stats, "total_merged"), scrape.value("persistence_records_merged_total{type=\"tasks\"}"));
        assertEquals(total(stats, "total_rows_written"), scrape.value("persistence_rows_written_total"));
        assertEquals(total(stats, "total_flush_count"), scrape.value("persistence_flush_time_seconds_count"));
    }

    private static double total(Client.Answer stats, String name) {
        return (double) stats.number("performance", name);
    }

    @Test
    void batchesThatWaitForTheCommit_areMeasuredApart() throws Exception {
        Scrape scrape = scrape();

        assertEquals(5, scrape.value("persistence_http_requests_total{route=\"batch.sessions\",status=\"202\"}"));
        assertEquals(2, scrape.value("persistence_http_requests_total{route=\"batch.tasks.written\",status=\"200\"}"));
        assertEquals(2, scrape.value("persistence_http_response_time_seconds_count{route=\"batch.tasks.written\"}"));
    }

    @Test
    void gauges_tellOfThisService() throws Exception {
        Scrape scrape = scrape();

        assertEquals(1, scrape.value("persistence_http_requests_in_progress")); // this one
        assertTrue(scrape.value("persistence_http_connections") >= 1);
        assertTrue(scrape.value("persistence_pool_connections{state=\"idle\"}") >= 1);
        assertTrue(scrape.value("persistence_pool_acquire_time_seconds_count") >= 1);
        assertTrue(scrape.value("persistence_netty_direct_memory_bytes") > 0);
        assertTrue(scrape.value("persistence_netty_direct_memory_limit_bytes") > 0);
        assertEquals(0, scrape.value("persistence_draining"));
        assertEquals(30, scrape.value("persistence_flush_interval_seconds"));
        assertEquals(1000, scrape.value("persistence_flush_records_threshold"));
        assertTrue(scrape.value("persistence_last_flush_timestamp_seconds") > 1.7e9);
    }

    @Test
    void databaseAway_pageAnswersAndSaysWhatWasLost() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(port());
                RunningService cut = RunningService.start(
                        SERVER.matcher(database.url()).replaceFirst("//127.0.0.1:" + proxy.port() + "/"))) {
            proxy.accept(Accepting.REFUSED);
            proxy.end(End.RESET);
            assertEquals(503, new Client(cut).write("tasks", Client.task("t-9")).status());

            Scrape scrape = Scrape.of(cut.uri("/metrics"));
            assertEquals(1, lost(scrape, "unreachable") + lost(scrape, "connection"));
            assertTrue(scrape.value("persistence_pool_timeouts_total") >= 1);
        }
    }

    private static double lost(Scrape scrape, String reason) {
        double records = scrape.value("persistence_records_lost_total{reason=\"" + reason + "\",type=\"tasks\"}");
        assertEquals(records, scrape.value("persistence_flushes_failed_total{reason=\"" + reason + "\"}"));
        return records;
    }

    @Test
    void tokens_mustHaveTheRightToRead() throws Exception {
        String secret = "0123456789abcdef0123456789abcdef";
        String other = "fedcba9876543210fedcba9876543210";
        try (RunningService guarded = RunningService.start(
                database,
                "service.tokens=" + Token.of("prometheus", "read", secret).entry() + ","
                        + Token.of("writer", "write", other).entry())) {
            URI metrics = guarded.uri("/metrics");

            assertEquals(401, status(metrics, "none"));
            assertEquals(403, status(metrics, other));
            assertEquals(200, status(metrics, secret));
        }
    }

    private static int status(URI uri, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
