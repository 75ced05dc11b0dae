package dev.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.mysql.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code GET /stats} tells the truth: while records wait, while a flush goes on, under load, and afterwards. */
@Tag("database")
class StatsIT {

    private static final int RING = 1024;
    private static final long LEAST_BYTES = 20; // of the values of a record of these tests

    private final TestDatabase database = new TestDatabase();
    private RunningService service;
    private Client client;

    private void start(String... settings) throws Exception {
        service = RunningService.start(database, settings);
        client = new Client(service);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    @Test
    void whileRecordsWait_theBufferIsWhatWasSent() throws Exception {
        start("buffer.flush-interval=1d", "buffer.max-buffer-size=200", "buffer.ring-size=" + RING);
        Instant before = Instant.now();
        client.send("sessions", sessions("s", 3));
        client.send("tasks", tasks("t", 5));

        Client.Answer stats = client.stats();
        assertEquals(3, stats.number("buffer", "sessions_count"));
        assertEquals(5, stats.number("buffer", "tasks_count"));
        assertEquals(8, stats.number("buffer", "total_count"));
        assertEquals(200, stats.number("buffer", "capacity"));
        assertEquals(new BigDecimal("4.0"), stats.at("buffer", "usage_percent"));
        assertEquals(RING, stats.number("buffer", "ring_size"));
        assertEquals(RING - 8, stats.number("buffer", "ring_remaining"));
        assertTrue(stats.number("buffer", "unwritten_bytes") >= 8 * LEAST_BYTES, stats::toString);
        assertNull(stats.at("flush_info", "last_flush_time"));
        Instant due = Instant.parse((String) stats.at("flush_info", "next_flush_time"));
        Duration late = Duration.between(before.plus(Duration.ofDays(1)), due);
        assertTrue(!late.isNegative() && late.compareTo(Duration.ofMinutes(1)) < 0, due::toString);
        assertEquals(0, stats.number("performance", "total_flush_count"));
    }

    @Test
    void whileAFlushHangs_itsRecordsAreInTheBufferAndAge() throws Exception {
        start("buffer.flush-interval=1d", "buffer.ring-size=" + RING);
        try (HeldTable held = new HeldTable(database, "translation_tasks")) {
            CompletableFuture<Client.Answer> write = client.beginWrite("tasks", tasks("t", 2));
            held.awaitWriter();

            Client.Answer first = client.stats();
            assertEquals(2, first.number("buffer", "tasks_count"));
            assertEquals(RING - 2, first.number("buffer", "ring_remaining"));
            assertEquals(0, first.number("performance", "total_tasks_written"));
            long age = first.number("buffer", "oldest_unwritten_ms");
            await().until(() -> client.stats().number("buffer", "oldest_unwritten_ms") > age);
            held.free();
            assertEquals(200, write.join().status());
        }
        assertBufferIsEmpty(client.stats());
    }

    @Test
    void afterFlushes_theTotalsAreWhatBecameOfTheRecords() throws Exception {
        start("buffer.flush-interval=1d", "buffer.ring-size=" + RING);
        database.execute("ALTER TABLE translation_tasks ADD CHECK (row_index <> 13)");
        client.write("sessions", sessions("s", 4));
        client.write("tasks", List.of(Client.task("a"), Client.task("a"), Client.task("b", "row_index", 13)));

        Client.Answer stats = client.stats();
        assertBufferIsEmpty(stats);
        assertEquals(4, stats.number("performance", "total_sessions_written"));
        assertEquals(2, stats.number("performance", "total_tasks_written"));
        assertEquals(0, stats.number("performance", "total_sessions_failed"));
        assertEquals(1, stats.number("performance", "total_tasks_failed"));
        assertEquals(5, stats.number("performance", "total_rows_written"));
        assertEquals(1, stats.number("performance", "total_merged"));
        assertEquals(2, stats.number("performance", "total_flush_count"));
        assertEquals(new BigDecimal("3.5"), stats.at("performance", "average_batch_size"));
        assertTrue(decimal(stats, "flush_info", "average_flush_duration_ms").signum() > 0, stats::toString);
        assertTrue(stats.number("flush_info", "flush_count_today") <= 2, stats::toString);
        Duration since =
                Duration.between(Instant.parse((String) stats.at("flush_info", "last_flush_time")), Instant.now());
        assertTrue(since.compareTo(Duration.ofMinutes(1)) < 0, since::toString);
    }

    @Test
    void underLoad_everyAnswerIsPossibleAndTheLastOneExact() throws Exception {
        start("buffer.flush-interval=100ms", "buffer.max-buffer-size=50");
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (String lane : List.of("a", "b", "c")) {
            lanes.add(CompletableFuture.runAsync(() -> send(lane, new Client(service))));
        }
        CompletableFuture<Void> sent = CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new));
        Client.Answer earlier = client.stats();
        while (!sent.isDone()) {
            Client.Answer later = client.stats();
            assertPossible(later);
            assertGrown(earlier, later);
            earlier = later;
        }
        sent.join();
        client.flush();

        Client.Answer stats = client.stats();
        assertBufferIsEmpty(stats);
        assertEquals(3 * 100 * 5, stats.number("performance", "total_sessions_written"));
        assertEquals(3 * 100 * 5, stats.number("performance", "total_tasks_written"));
        assertEquals(
                3 * 100 * 10,
                stats.number("performance", "total_rows_written") + stats.number("performance", "total_merged"));
        double records = decimal(stats, "performance", "average_batch_size").doubleValue()
                * stats.number("performance", "total_flush_count");
        assertEquals(3 * 100 * 10, records, 0.05 * stats.number("performance", "total_flush_count") + 0.5);
    }

    private static void send(String lane, Client client) {
        for (int request = 0; request < 100; request++) {
            assertEquals(
                    202, client.send("sessions", sessions(lane + request, 5)).status());
            assertEquals(202, client.send("tasks", tasks(lane + request, 5)).status());
        }
    }

    private static void assertPossible(Client.Answer stats) {
        long sessions = stats.number("buffer", "sessions_count");
        long tasks = stats.number("buffer", "tasks_count");
        assertTrue(sessions >= 0 && tasks >= 0, stats::toString);
        assertEquals(sessions + tasks, stats.number("buffer", "total_count"));
        assertEquals(
                (sessions + tasks) * 100.0 / stats.number("buffer", "capacity"),
                decimal(stats, "buffer", "usage_percent").doubleValue(),
                0.051);
        long remaining = stats.number("buffer", "ring_remaining");
        assertTrue(remaining >= 0 && remaining <= stats.number("buffer", "ring_size"), stats::toString);
        assertTrue(stats.number("buffer", "unwritten_bytes") >= 0, stats::toString);
        assertTrue(stats.number("buffer", "oldest_unwritten_ms") >= 0, stats::toString);
    }

    private static void assertGrown(Client.Answer earlier, Client.Answer later) {
        for (String total : List.of(
                "total_sessions_written",
                "total_tasks_written",
                "total_flush_count",
                "total_rows_written",
                "total_merged",
                "uptime_seconds")) {
            assertTrue(earlier.number("performance", total) <= later.number("performance", total), () -> total + later);
        }
    }

    private static void assertBufferIsEmpty(Client.Answer stats) {
        assertEquals(0, stats.number("buffer", "total_count"));
        assertEquals(stats.number("buffer", "ring_size"), stats.number("buffer", "ring_remaining"));
        assertEquals(0, stats.number("buffer", "unwritten_bytes"));
        assertEquals(0, stats.number("buffer", "oldest_unwritten_ms"));
        assertNull(stats.at("flush_info", "next_flush_time"));
    }

    private static BigDecimal decimal(Client.Answer stats, String... path) {
        return (BigDecimal) stats.at(path);
    }

    private static List<Map<String, Object>> sessions(String prefix, int count) {
        List<Map<String, Object>> sessions = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            sessions.add(Client.session(prefix + "-" + n));
        }
        return sessions;
    }

    private static List<Map<String, Object>> tasks(String prefix, int count) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            tasks.add(Client.task(prefix + "-" + n));
        }
        return tasks;
    }
}
