package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.JsonTree;
import dev.persistence.http.endpoint.DatabaseHealth;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the status page reads, and the page itself. */
class StatusEndpointTest {

    private static final String STATUS = "/api/v1/persistence/status";

    private static Object status(Station station) {
        return JsonTree.parse(station.get(STATUS).body());
    }

    /** A member of the document, as text. */
    private static String member(Station station, String name) {
        return JsonTree.write(JsonTree.at(status(station), name));
    }

    @Test
    void status_tellsEveryCounterOfEveryType() {
        try (Station station = Station.start()) {
            assertEquals(
                    "[{\"name\":\"sessions\",\"accepted\":50,\"written\":20,\"merged\":60,\"unwritten\":10,\"refused\":70,"
                            + "\"lost\":80,\"dead_lettered\":90},"
                            + "{\"name\":\"tasks\",\"accepted\":51,\"written\":21,\"merged\":61,\"unwritten\":11,\"refused\":71,"
                            + "\"lost\":81,\"dead_lettered\":91}]",
                    member(station, "types"));
        }
    }

    @Test
    void status_tellsHowFullTheBufferIs() {
        try (Station station = Station.start()) {
            station.post(Station.SESSIONS, Station.sessions(3));
            Object buffer = JsonTree.at(status(station), "buffer");
            assertEquals(64, JsonTree.number(buffer, "ring_size"));
            assertEquals(61, JsonTree.number(buffer, "ring_remaining"));
            assertTrue(JsonTree.number(buffer, "unwritten_bytes") > 0);
            assertEquals(1 << 20, JsonTree.number(buffer, "max_unwritten_bytes"));
            assertEquals(30_000, JsonTree.number(buffer, "flush_interval_ms"));
            assertEquals(1000, JsonTree.number(buffer, "max_buffer_size"));
        }
    }

    @Test
    void status_tellsHowLongFlushesTookAndWhyTheyBegan() {
        try (Station station = Station.start()) {
            assertEquals(
                    "{\"count\":42,\"rows\":40,\"average_ms\":4.4,\"average_records\":45,"
                            + "\"last\":\"2026-01-02T03:04:05.000000Z\",\"by_reason\":{\"age\":49},"
                            + "\"times\":{\"upper_bounds_seconds\":[0.01,null],\"counts\":[3,1]}}",
                    member(station, "flushes"));
        }
    }

    @Test
    void status_tellsWhatWasLostAndRefusedAndWhy() {
        try (Station station = Station.start()) {
            assertEquals(
                    "{\"lost\":{\"connection\":47},\"refused\":{\"check\":46},"
                            + "\"recent\":[{\"at\":\"2026-01-02T03:04:06.000000Z\",\"kind\":\"lost\",\"type\":\"sessions\","
                            + "\"records\":48,\"reason\":\"connection\"}]}",
                    member(station, "failures"));
        }
    }

    @Test
    void status_isNotKeptByAnybody() {
        try (Station station = Station.start()) {
            assertEquals(
                    "no-store",
                    station.get(STATUS).headers().firstValue("cache-control").orElseThrow());
        }
    }

    @Test
    void databaseSaysNothing_isUnhealthyAfterASecond() {
        try (Station station = new Station(Station.settings(), 64, CompletableFuture::new)) {
            HttpResponse<String> answer = station.get(STATUS);
            assertEquals(200, answer.statusCode());
            assertEquals("unhealthy", JsonTree.at(JsonTree.parse(answer.body()), "service", "database"));
        }
    }

    @Test
    void manyPages_askTheDatabaseOnce() {
        AtomicInteger checks = new AtomicInteger();
        DatabaseHealth counted = () -> {
            checks.incrementAndGet();
            return CompletableFuture.completedFuture(true);
        };
        try (Station station = new Station(Station.settings(), 64, counted)) {
            long start = System.nanoTime();
            for (int page = 0; page < 20; page++) {
                assertEquals("healthy", JsonTree.at(status(station), "service", "database"));
            }
            long seconds = (System.nanoTime() - start) / 1_000_000_000 + 1;
            assertTrue(checks.get() <= seconds, checks + " checks");
        }
    }

    @Test
    void stopping_isToldToWhoeverIsStillConnected() {
        try (Station station = Station.start();
                RawClient busy = station.connect()) {
            busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET " + STATUS + " HT").reply();
            station.server.beginDraining();
            busy.send("TP/1.1\r\nHost: a\r\n\r\n");
            RawClient.Reply reply = busy.reply();
            assertEquals(200, reply.status());
            assertEquals(true, JsonTree.at(JsonTree.parse(reply.body()), "service", "draining"));
        }
    }

    @Test
    void root_givesBrowsersThePageAndProgramsJson() {
        try (Station station = Station.start()) {
            HttpResponse<String> page = station.send(station.request("/").header("Accept", "text/html,*/*;q=0.8"))
                    .join();
            assertEquals(
                    "text/html; charset=utf-8",
                    page.headers().firstValue("content-type").orElseThrow());
            assertTrue(page.body().startsWith("<!doctype html>"));
            HttpResponse<String> json = station.get("/");
            assertEquals(
                    "application/json",
                    json.headers().firstValue("content-type").orElseThrow());
            assertFalse(json.body().contains("<"));
            for (HttpResponse<String> answer : List.of(page, json)) {
                assertEquals("Accept", answer.headers().firstValue("vary").orElseThrow());
            }
        }
    }
}
