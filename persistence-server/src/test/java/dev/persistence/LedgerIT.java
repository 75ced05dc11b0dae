package dev.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.persistence.mysql.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to the database: accepted = written + refused + lost + in memory, the totals are what clients counted,
 * the table holds what is counted as written, and the next batch is written.
 */
@Tag("database")
class LedgerIT {

    private final LogLines log = new LogLines();
    private final TestDatabase database = new TestDatabase();
    private RunningService service;
    private Client client;

    @BeforeEach
    void open() throws Exception {
        service = RunningService.start(database, "buffer.flush-interval=1d", "buffer.max-buffer-size=10");
        client = new Client(service);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
        log.close();
    }

    @Test
    void killedConnections_loseWholeBatchesAndEveryRecordIsCounted() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Load>> loads = new ArrayList<>();
        for (int lane = 0; lane < 3; lane++) {
            Load load = new Load(new Client(service), "lane-" + lane + "-", lane == 0);
            loads.add(CompletableFuture.supplyAsync(() -> load.sendUntil(stop)));
        }
        await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).until(() -> {
            killWriters();
            return failed() >= 30 && written() >= 100;
        });
        stop.set(true);
        Load all = new Load(client, "after-", true);
        for (CompletableFuture<Load> load : loads) {
            all.add(load.get());
        }
        assertEquals(200, all.sendBatch(), "the next batch is written");

        client.flush();
        assertEquals(all.accepted, written() + failed());
        assertEquals(0, client.stats().number("buffer", "total_count"));
        assertEquals(0, client.stats().number("buffer", "unwritten_bytes"));
        Set<String> rows = new HashSet<>(database.rows("SELECT task_id FROM translation_tasks"));
        assertTrue(rows.containsAll(all.acknowledged), "acknowledged records are in the table");
        // A commit whose outcome nobody knows counts as lost, and may have taken effect.
        assertTrue(rows.size() >= written() && rows.size() <= all.accepted, () -> rows.size() + " rows");
    }

    @Test
    void tableThatIsGone_losesTheBatchWithOneErrorAndTheNextIsWritten() {
        database.execute("RENAME TABLE translation_tasks TO elsewhere");
        client.send("sessions", Client.session("s-1"), Client.session("s-2"));
        client.send("tasks", Client.task("t-1"), Client.task("t-1"), Client.task("t-2"));
        Client.Answer flushed = client.flush();
        assertEquals(503, flushed.status());
        assertEquals("error", flushed.at("status"));
        assertEquals(0, flushed.number("tasks_written"));
        assertEquals(503, client.write("tasks", Client.task("t-3")).status());

        assertEquals(2, log.of(Level.ERROR).size());
        assertTrue(
                log.of(Level.ERROR).get(0).startsWith("lost 5 records (sessions 2, tasks 3): the table is gone"),
                log.of(Level.ERROR)::toString);
        assertEquals(4, failed());
        assertEquals(2, client.stats().number("performance", "total_sessions_failed"));

        database.execute("RENAME TABLE elsewhere TO translation_tasks");
        assertEquals(200, client.write("tasks", Client.task("t-1")).status());
        assertEquals(200, client.flush().status());
        assertEquals(1, written());
        assertEquals(List.of("0"), database.rows("SELECT COUNT(*) FROM translation_sessions"));
    }

    @Test
    void rowsThatACheckRefuses_areCountedOneByOne() {
        database.execute("ALTER TABLE translation_tasks ADD CHECK (row_index <> 13)");
        int bad = 0;
        for (int batch = 0; batch < 20; batch++) {
            List<Map<String, Object>> tasks = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                boolean refused = (batch * 7 + i) % 5 == 0;
                bad += refused ? 1 : 0;
                tasks.add(Client.task("t-" + batch + "-" + i, "row_index", refused ? 13 : i));
            }
            assertEquals(202, client.send("tasks", tasks).status());
        }
        assertEquals(200, client.flush().status());

        assertEquals(bad, failed());
        assertEquals(140 - bad, written());
        assertEquals(140 - bad, client.stats().number("performance", "total_rows_written"));
        assertEquals(List.of(Integer.toString(140 - bad)), database.rows("SELECT COUNT(*) FROM translation_tasks"));
        assertEquals(bad, log.of(Level.WARN).size());
        assertEquals(List.of(), log.of(Level.ERROR));
    }

    @Test
    void deadlock_losesNothing() throws Exception {
        client.write("tasks", Client.task("a"), Client.task("z"));
        try (Connection rival = database.connect();
                Statement statement = rival.createStatement()) {
            rival.setAutoCommit(false);
            // A heavy transaction: the server chooses the lighter one as the victim, which is the batch.
            for (int doubling = 0; doubling < 8; doubling++) {
                statement.executeUpdate("INSERT INTO translation_sessions (session_id, filename, file_path, status,"
                        + " llm_provider, created_at, updated_at) SELECT UUID(), '', '', '', '', NOW(), NOW() FROM"
                        + " (SELECT 1 FROM information_schema.collations LIMIT 100) x");
            }
            statement.executeUpdate("UPDATE translation_tasks SET status = 'rival' WHERE task_id = 'z'");
            CompletableFuture<Client.Answer> answer = client.beginWrite(
                    "tasks", List.of(Client.task("a", "status", "x"), Client.task("z", "status", "x")));
            await().until(() -> !HeldTable.writers(database).isEmpty());
            statement.executeUpdate("UPDATE translation_tasks SET status = 'rival' WHERE task_id = 'a'");
            rival.commit();
            assertEquals(200, answer.get().status());
        }
        assertEquals(List.of("a|x", "z|x"), database.rows("SELECT task_id, status FROM translation_tasks ORDER BY 1"));
        assertEquals(4, written());
        assertEquals(0, failed());
    }

    private void killWriters() {
        for (String writer : HeldTable.writers(database)) {
            try {
                database.execute("KILL " + writer);
            } catch (IllegalStateException goneAlready) {
                assertTrue(goneAlready.getCause().getMessage().contains("Unknown thread"), goneAlready::toString);
            }
        }
    }

    private long written() {
        return client.stats().number("performance", "total_tasks_written");
    }

    private long failed() {
        return client.stats().number("performance", "total_tasks_failed");
    }

    /** What one client sent, and what it was told. */
    private static final class Load {

        private final Client client;
        private final String prefix;
        private final boolean waits;
        private final List<String> acknowledged = new ArrayList<>();
        private int accepted;

        Load(Client client, String prefix, boolean waits) {
            this.client = client;
            this.prefix = prefix;
            this.waits = waits;
        }

        Load sendUntil(AtomicBoolean stop) {
            while (!stop.get()) {
                int status = sendBatch();
                assertTrue(status == 202 || status == 200 || (waits && status == 503), () -> "status " + status);
            }
            return this;
        }

        /** Every request is accepted: the ring has room for all of them, and 503 means that it was lost later. */
        int sendBatch() {
            List<String> keys = List.of(prefix + accepted, prefix + (accepted + 1), prefix + (accepted + 2));
            List<Map<String, Object>> tasks = new ArrayList<>();
            keys.forEach(key -> tasks.add(Client.task(key)));
            Client.Answer answer = waits ? client.write("tasks", tasks) : client.send("tasks", tasks);
            boolean full = answer.status() == 503 && !answer.http().body().contains("lost with their batch");
            accepted += full ? 0 : keys.size();
            if (answer.status() == 200) {
                acknowledged.addAll(keys);
            }
            return full ? sendBatch() : answer.status();
        }

        void add(Load other) {
            accepted += other.accepted;
            acknowledged.addAll(other.acknowledged);
        }
    }
}
