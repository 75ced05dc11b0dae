package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.persistence.http.endpoint.DatabaseHealth;
import dev.persistence.ring.Mark;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Every route but the batches. */
class EndpointsTest {

    @Test
    void flush_countsWhatItWrote() {
        try (Station station = Station.start()) {
            station.post(Station.SESSIONS, Station.sessions(3));
            CompletableFuture<HttpResponse<String>> later = station.postLater(Station.FLUSH, "ignored");
            station.consumer.write(station.consumer.awaitMark(), List.of());
            assertEquals(200, later.join().statusCode());
            String body = later.join().body().replaceFirst("\"duration_ms\":\\d+", "\"duration_ms\":0");
            assertEquals(
                    "{\"status\":\"flushed\",\"sessions_written\":3,\"tasks_written\":0,\"duration_ms\":0,\"failed\":0}",
                    body);
        }
    }

    @Test
    void flush_lostBatch_answers503WithTheCounts() {
        try (Station station = Station.start()) {
            station.post(Station.SESSIONS, Station.sessions(3));
            CompletableFuture<HttpResponse<String>> later = station.postLater(Station.FLUSH, "");
            station.consumer.lose(station.consumer.awaitMark());
            assertEquals(503, later.join().statusCode());
            assertTrue(later.join().body().contains("\"status\":\"error\""));
            assertTrue(later.join().body().contains("\"lost\":3"));
        }
    }

    @Test
    void flush_notDoneInTime_answers504() {
        HttpSettings hasty =
                Station.settings(Duration.ofSeconds(20), Duration.ofSeconds(20), 10, Duration.ofMillis(50));
        try (Station station = Station.start(hasty);
                RawClient client = station.connect()) {
            client.send("POST " + Station.FLUSH + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertEquals(504, client.reply().status());
            station.consumer.write(station.consumer.awaitMark(), List.of()); // the connection does not hear of it
            client.send("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(client.reply().body().contains("live"));
        }
    }

    @Test
    void recordsWrittenAfterTheServerHasStopped_disturbNobody() throws InterruptedException {
        try (Station station = Station.start();
                RawClient client = station.connect()) {
            String body = Station.sessions(1);
            client.send("POST " + Station.SESSIONS + "?ack=written HTTP/1.1\r\nHost: a\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
            Mark mark = station.consumer.awaitMark();
            station.server.beginDraining();
            assertEquals(1, station.server.awaitRequests(Duration.ZERO));
            station.server.close();
            assertEquals(0, station.server.awaitRequests(Duration.ZERO));
            station.consumer.write(mark, List.of());
            assertEquals("[]", station.metrics.answers.toString());
            assertTrue(client.ended());
        }
    }

    @Test
    void stats_hasTheContractsShape() {
        try (Station station = Station.start()) {
            String body = station.get("/api/v1/persistence/stats")
                    .body()
                    .replaceFirst("uptime_seconds\":\\d+", "uptime_seconds\":1");
            assertEquals(
                    "{\"buffer\":{\"sessions_count\":10,\"tasks_count\":11,\"total_count\":21,\"capacity\":1000,"
                            + "\"usage_percent\":2.1,\"ring_size\":64,\"ring_remaining\":64,\"unwritten_bytes\":0,"
                            + "\"oldest_unwritten_ms\":0},"
                            + "\"flush_info\":{\"last_flush_time\":\"2026-01-02T03:04:05.000000Z\","
                            + "\"next_flush_time\":null,\"flush_count_today\":43,\"average_flush_duration_ms\":4.4},"
                            + "\"performance\":{\"total_sessions_written\":20,\"total_tasks_written\":21,"
                            + "\"total_flush_count\":42,\"average_batch_size\":45,\"uptime_seconds\":1,"
                            + "\"total_sessions_failed\":30,\"total_tasks_failed\":31,\"total_rows_written\":40,"
                            + "\"total_merged\":41}}",
                    body);
        }
    }

    @Test
    void health_databaseAnswers_isHealthy() {
        try (Station station = Station.start()) {
            assertEquals(
                    "{\"status\":\"healthy\",\"database\":\"healthy\",\"buffer\":{\"sessions_count\":10,"
                            + "\"tasks_count\":11,\"last_flush\":\"2026-01-02T03:04:05.000000Z\"}}",
                    station.get("/health").body());
        }
    }

    @Test
    void health_databaseSaysNothing_isUnhealthyAfterASecond() {
        try (Station station = new Station(Station.settings(), 64, CompletableFuture::new)) {
            HttpResponse<String> answer = station.get("/health");
            assertEquals(503, answer.statusCode());
            assertTrue(answer.body().contains("\"database\":\"unhealthy\""));
        }
    }

    @Test
    void health_checkFails_isUnhealthy() {
        DatabaseHealth broken = () -> {
            throw new IllegalStateException("no pool");
        };
        try (Station station = new Station(Station.settings(), 64, broken)) {
            assertEquals(503, station.get("/health").statusCode());
            assertEquals(200, station.get("/health/live").statusCode());
            assertEquals(200, station.get("/health/ready").statusCode());
        }
    }

    @Test
    void root_namesServiceAndVersion() {
        try (Station station = Station.start()) {
            assertEquals(
                    "{\"service\":\"Persistence Service\",\"status\":\"running\",\"version\":\"1.2.3\"}",
                    station.get("/").body());
        }
    }

    @Test
    void openApi_isJsonAndNamesEveryColumn() throws IOException {
        try (Station station = Station.start()) {
            String document = station.get("/openapi.json").body();
            try (JsonParser parser = new JsonFactory().createParser(document)) {
                while (parser.nextToken() != null) {
                    parser.skipChildren();
                }
            }
            Station.TYPES.forEach(type -> type.columns()
                    .forEach(column -> assertTrue(document.contains("\"" + column.name() + "\":{\"type\":["))));
            assertTrue(document.contains("\"/api/v1/persistence/tasks/batch\""));
            for (String operation : List.of("batch_tasks", "flush", "stats", "metrics", "ready", "root", "openapi")) {
                assertTrue(document.contains("\"operationId\":\"" + operation + "\""), operation);
            }
        }
    }

    @Test
    void draining_finishesWhatIsInProgress_andRefusesWhatComes() throws InterruptedException {
        try (Station station = Station.start();
                RawClient idle = station.connect();
                RawClient busy = station.connect()) {
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").reply();
            busy.send("POST " + Station.FLUSH + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            Mark mark = station.consumer.awaitMark();
            station.server.beginDraining();
            assertTrue(idle.ended());
            assertEquals(1, station.server.awaitRequests(Duration.ofMillis(10)));
            station.consumer.write(mark, List.of());
            RawClient.Reply reply = busy.reply();
            assertEquals(200, reply.status());
            assertTrue(reply.closes());
            assertEquals(0, station.server.awaitRequests(Duration.ofSeconds(20)));
            assertThrows(RuntimeException.class, station::connect);
        }
    }

    @Test
    void draining_refusesTheNextRequestOfABusyConnection() {
        try (Station station = Station.start();
                RawClient busy = station.connect()) {
            busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HT").reply();
            station.server.beginDraining();
            busy.send("TP/1.1\r\nHost: a\r\n\r\n");
            RawClient.Reply reply = busy.reply();
            assertEquals(503, reply.status());
            assertTrue(reply.closes());
        }
    }

    @Test
    void portInUse_isNamed() {
        try (Station station = Station.start()) {
            HttpSettings free = Station.settings();
            HttpSettings taken = new HttpSettings(
                    free.host(),
                    station.server.port(),
                    free.maxRequestBytes(),
                    free.maxRecordsPerRequest(),
                    free.requestTimeout(),
                    free.idleTimeout(),
                    free.maxConnections(),
                    free.flushTimeout(),
                    free.naiveTimeZone());
            Exception refused = assertThrows(IllegalStateException.class, () -> Station.start(taken));
            assertTrue(refused.getMessage().contains("127.0.0.1:" + station.server.port()), refused.getMessage());
        }
    }

    @Test
    void settingOutOfRange_isNamed() {
        Exception refused = assertThrows(
                IllegalArgumentException.class,
                () -> Station.settings(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, Duration.ofSeconds(1)));
        assertEquals("service.max-connections: 0 (expected 1 to 1000000)", refused.getMessage());
    }
}
