package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.mysql.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More than the database takes: what does not fit is refused at once and whole, and what was accepted is written. */
@Tag("database")
class BackPressureIT {

    private static final String LARGEST_TEXT = "x".repeat(65_535);
    private static final int MIB = 1 << 20;

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void fullRing_refusesWholeRequestsUntilTheTableIsFree() throws Exception {
        try (RunningService service =
                RunningService.start(database, "buffer.ring-size=16", "buffer.flush-interval=1d")) {
            Client client = new Client(service);
            List<String> accepted;
            try (HeldTable table = new HeldTable(database, "translation_tasks")) {
                CompletableFuture<Client.Answer> first = client.beginWrite("tasks", List.of(Client.task("first")));
                table.awaitWriter();
                accepted = sendUntilRefused(client, 4, "t");
                assertEquals(12, accepted.size(), "as many as are free, in whole requests");
                assertEquals(3, client.stats().number("buffer", "ring_remaining"));
                assertEquals(13, client.stats().number("buffer", "tasks_count"));
                assertEquals(202, client.send("tasks", tasks(3, "rest", "")).status());
                assertEquals(503, client.send("tasks", tasks(1, "no", "")).status());
                assertEquals(16, client.stats().number("buffer", "tasks_count"));
                table.free();
                assertEquals(200, first.get().status());
            }
            assertEquals(200, client.flush().status());

            assertEquals(16, client.stats().number("performance", "total_tasks_written"));
            assertEquals(16, client.stats().number("performance", "total_rows_written"));
            accepted.addAll(List.of("first", "rest-0", "rest-1", "rest-2"));
            assertEquals(
                    new TreeSet<>(accepted), new TreeSet<>(database.rows("SELECT task_id FROM translation_tasks")));
        }
    }

    @Test
    void fullByteBudget_refusesWholeRequestsUntilTheTableIsFree() throws Exception {
        try (RunningService service = RunningService.start(database, "buffer.max-unwritten-bytes=1MiB")) {
            Client client = new Client(service);
            int accepted = 0;
            try (HeldTable table = new HeldTable(database, "translation_tasks")) {
                CompletableFuture<Client.Answer> first = client.beginWrite("tasks", List.of(Client.task("first")));
                table.awaitWriter();
                Client.Answer answer = client.send("tasks", tasks(3, "t-0", LARGEST_TEXT));
                while (answer.status() == 202) {
                    accepted += 3;
                    answer = client.send("tasks", tasks(3, "t-" + accepted, LARGEST_TEXT));
                }
                refused(answer, "byte budget");
                assertEquals(3, accepted);
                assertTrue(client.stats().number("buffer", "unwritten_bytes") <= MIB);
                table.free();
                assertEquals(200, first.get().status());
            }
            client.flush();

            assertEquals(List.of("4"), database.rows("SELECT COUNT(*) FROM translation_tasks"));
            assertEquals(0, client.stats().number("buffer", "unwritten_bytes"));
        }
    }

    @Test
    void requestThatNeverFits_saysSo() throws Exception {
        try (RunningService service =
                RunningService.start(database, "buffer.ring-size=4", "buffer.max-unwritten-bytes=100KiB")) {
            Client client = new Client(service);
            refused(client.send("tasks", tasks(5, "t", "")), "split it");
            refused(client.send("tasks", tasks(2, "t", LARGEST_TEXT)), "split it");
            assertEquals(200, client.write("tasks", tasks(4, "t", "")).status());
        }
    }

    @Test
    void largestRequests_stayWithinTheByteBudget() throws Exception {
        int budget = 14 * MIB;
        try (RunningService service =
                RunningService.start(database, "buffer.max-unwritten-bytes=" + budget, "buffer.flush-interval=1d")) {
            List<CompletableFuture<Integer>> lanes = new ArrayList<>();
            for (int lane = 0; lane < 2; lane++) {
                String prefix = "lane-" + lane;
                Client own = new Client(service);
                lanes.add(CompletableFuture.supplyAsync(() -> sendLargest(own, prefix)));
            }
            Client client = new Client(service);
            long most = 0;
            while (!lanes.stream().allMatch(CompletableFuture::isDone)) {
                most = Math.max(most, client.stats().number("buffer", "unwritten_bytes"));
            }
            int sent = 0;
            for (CompletableFuture<Integer> lane : lanes) {
                sent += lane.get();
            }
            assertEquals(200, client.flush().status());

            assertTrue(most <= budget, most + " bytes");
            assertEquals(
                    List.of(sent + "|" + LARGEST_TEXT.length()),
                    database.rows("SELECT COUNT(*), MIN(LENGTH(error_message)) FROM translation_tasks"));
            assertEquals(sent, client.stats().number("performance", "total_tasks_written"));
        }
    }

    /** Just under 10 MiB each, sent until they are taken. */
    private static int sendLargest(Client client, String prefix) {
        int sent = 0;
        for (int request = 0; request < 2; request++) {
            List<Map<String, Object>> tasks = tasks(39, prefix + "-" + request, LARGEST_TEXT);
            Client.Answer answer = client.send("tasks", tasks);
            while (answer.status() == 503) {
                answer = client.send("tasks", tasks);
            }
            assertEquals(202, answer.status(), answer.http().body());
            sent += tasks.size();
        }
        return sent;
    }

    private static List<String> sendUntilRefused(Client client, int size, String prefix) {
        List<String> accepted = new ArrayList<>();
        for (int request = 0; ; request++) {
            List<Map<String, Object>> tasks = tasks(size, prefix + "-" + request, "");
            Client.Answer answer = client.send("tasks", tasks);
            if (answer.status() != 202) {
                refused(answer, "has no room for " + size);
                return accepted;
            }
            tasks.forEach(task -> accepted.add((String) task.get("task_id")));
        }
    }

    private static void refused(Client.Answer answer, String because) {
        assertEquals(503, answer.status());
        assertTrue(answer.http().headers().firstValue("Retry-After").isPresent());
        String detail = (String) answer.at("detail");
        assertTrue(detail.contains(because) && detail.endsWith("nothing was taken"), detail);
    }

    private static List<Map<String, Object>> tasks(int count, String prefix, String text) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(Client.task(
                    prefix + "-" + i,
                    "source_text",
                    text,
                    "target_text",
                    text,
                    "context",
                    text,
                    "error_message",
                    text));
        }
        return tasks;
    }
}
