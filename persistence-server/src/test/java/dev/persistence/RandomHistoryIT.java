package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.mysql.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories against a simple model. Each connection has keys of its own, whose order it knows, and all share some
 * keys, whose records are whole and carry times, so that their order does not matter. Two instances write to one
 * database, with thresholds and a ring so small that flushes fall everywhere.
 *
 * <p>{@code -Dhistories=N} runs more of them, {@code -Dseed=S} one of them again.
 */
@Tag("database")
class RandomHistoryIT {

    private static final int CONNECTIONS = 4;
    private static final String[] PAST_AND_FUTURE = {"2001", "2900"};

    private static final Map<String, String> TASK_DEFAULTS = columns(
            "status",
            null,
            "target_text",
            null,
            "context",
            null,
            "confidence",
            null,
            "retry_count",
            "0",
            "duration_ms",
            null);
    private static final Map<String, String> NOTE_DEFAULTS = columns("a", null, "b", "5");

    @TempDir
    private Path conf;

    @Test
    void table_holdsWhatTheRecordsOneAfterAnotherGive() throws Exception {
        Optional<Long> seed = Optional.ofNullable(Long.getLong("seed"));
        int histories = seed.isPresent() ? 1 : Integer.getInteger("histories", 50);
        long first = seed.orElseGet(System::nanoTime);
        Files.writeString(conf.resolve("record-types.conf"), """
                include classpath("record-types.conf")
                record-types += { name = notes, table = notes, key = id, columns = [
                  { name = id, type = string, length = 64, required = true }
                  { name = a, type = text, bytes = 100 }, { name = b, type = integer, default = 5 } ] }""");
        ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
        try (TestDatabase database = new TestDatabase()) {
            database.execute("CREATE TABLE notes (id VARCHAR(64) COLLATE " + database.exactCollation()
                    + " PRIMARY KEY, a TEXT, b INT) CHARACTER SET utf8mb4");
            try (RunningService one = start(database, 3, 64);
                    RunningService other = start(database, 25, 256)) {
                List<Client> clients = new ArrayList<>();
                for (int lane = 0; lane < CONNECTIONS; lane++) {
                    clients.add(new Client(lane % 2 == 0 ? one : other));
                }
                for (int i = 0; i < histories; i++) {
                    new History(first + i, database, clients).run(connections);
                }
            }
        } finally {
            connections.shutdown();
        }
    }

    private RunningService start(TestDatabase database, int maxBufferSize, int ringSize) throws Exception {
        return RunningService.start(
                database,
                Optional.of(conf),
                "buffer.max-buffer-size=" + maxBufferSize,
                "buffer.ring-size=" + ringSize,
                "buffer.flush-interval=50ms");
    }

    private static Map<String, String> columns(String... namesAndDefaults) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndDefaults.length; i += 2) {
            columns.put(namesAndDefaults[i], namesAndDefaults[i + 1]);
        }
        return columns;
    }

    private static final class History {

        private final long seed;
        private final TestDatabase database;
        private final List<Client> clients;
        private final RowModel shared = new RowModel(true, "task_id", TASK_DEFAULTS);

        History(long seed, TestDatabase database, List<Client> clients) {
            this.seed = seed;
            this.database = database;
            this.clients = clients;
        }

        void run(ExecutorService executor) throws Exception {
            try {
                List<Future<Lane>> lanes = new ArrayList<>();
                for (int lane = 0; lane < CONNECTIONS; lane++) {
                    int own = lane;
                    lanes.add(executor.submit(() -> new Lane(this, own).run()));
                }
                Map<String, Map<String, String>> tasks = new TreeMap<>();
                Map<String, Map<String, String>> notes = new TreeMap<>();
                for (Future<Lane> lane : lanes) {
                    tasks.putAll(lane.get().tasks.rows());
                    notes.putAll(lane.get().notes.rows());
                }
                clients.forEach(client -> assertEquals(200, client.flush().status()));
                tasks.putAll(shared.rows());
                Map<String, String> taskColumns = new LinkedHashMap<>(TASK_DEFAULTS);
                taskColumns.putAll(columns("created_at", null, "updated_at", null));
                assertEquals(tasks, read("translation_tasks", "task_id", taskColumns));
                assertEquals(notes, read("notes", "id", NOTE_DEFAULTS));
            } catch (Exception | AssertionError failure) {
                throw new AssertionError("replay this history with -Dseed=" + seed, failure);
            }
        }

        private Map<String, Map<String, String>> read(String table, String key, Map<String, String> columns)
                throws SQLException {
            Map<String, Map<String, String>> rows = new TreeMap<>();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT * FROM " + table + " WHERE " + key + " LIKE '" + seed + "-%'")) {
                while (row.next()) {
                    Map<String, String> values = new LinkedHashMap<>();
                    for (String column : columns.keySet()) {
                        values.put(column, readable(column, row.getString(column)));
                    }
                    rows.put(row.getString(key), values);
                }
            }
            return rows;
        }

        private static String readable(String column, String value) {
            boolean ownTime = !column.endsWith("_at") || value.startsWith("2001") || value.startsWith("2900");
            return ownTime ? value : RowModel.ARRIVAL;
        }
    }

    /** One connection, to one of the services. */
    private static final class Lane {

        private final History history;
        private final int number;
        private final Random random;
        private final Client client;
        private final RowModel tasks = new RowModel(true, "task_id", TASK_DEFAULTS);
        private final RowModel notes = new RowModel(false, "id", NOTE_DEFAULTS);

        Lane(History history, int number) {
            this.history = history;
            this.number = number;
            this.random = new Random(history.seed * CONNECTIONS + number);
            this.client = history.clients.get(number);
        }

        Lane run() {
            int requests = 3 + random.nextInt(10);
            for (int request = 0; request < requests; request++) {
                String type = random.nextInt(4) == 0 ? "notes" : "tasks";
                List<Map<String, Object>> batch = new ArrayList<>();
                int records = random.nextInt(random.nextBoolean() ? 4 : 20);
                while (batch.size() < records) {
                    boolean repeat = !batch.isEmpty() && random.nextInt(10) == 0;
                    batch.add(
                            repeat ? batch.get(random.nextInt(batch.size())) : type.equals("notes") ? note() : task());
                }
                deliver(type, batch);
            }
            return this;
        }

        /** A full ring is no failure: the same request is sent again. */
        private void deliver(String type, List<Map<String, Object>> batch) {
            boolean written = random.nextInt(4) == 0;
            Client.Answer answer;
            do {
                answer = written ? client.write(type, batch) : client.send(type, batch);
            } while (answer.status() == 503 && answer.http().body().contains("no room"));
            assertEquals(written ? 200 : 202, answer.status(), answer.http().body());
            for (Map<String, Object> record : batch) {
                if (!type.equals("tasks")) {
                    notes.apply(record);
                } else if (isShared(record)) {
                    synchronized (history) {
                        history.shared.apply(record);
                    }
                } else {
                    tasks.apply(record);
                }
            }
            if (random.nextInt(5) == 0) {
                assertEquals(200, client.flush().status());
            }
        }

        private boolean isShared(Map<String, Object> record) {
            return record.get("task_id").toString().contains("-shared-");
        }

        private Map<String, Object> task() {
            if (random.nextInt(5) == 0) {
                return sharedTask();
            }
            Map<String, Object> task = Client.task(key(), "status", word());
            maybe(task, "target_text", word());
            maybe(task, "context", word());
            maybe(task, "confidence", "0." + (1000 + random.nextInt(9000)));
            maybe(task, "retry_count", random.nextInt(9));
            maybe(task, "duration_ms", random.nextInt(9));
            maybe(task, "updated_at", time());
            maybe(task, "created_at", time());
            return task;
        }

        /** Whole, of a time that no other record has, and of one time of creation: the newest wins in any order. */
        private Map<String, Object> sharedTask() {
            String time = "2001-01-01 00:" + (10 + random.nextInt(50)) + ":" + (10 + random.nextInt(50)) + "."
                    + (100000 + random.nextInt(900000) / CONNECTIONS * CONNECTIONS + number);
            Map<String, Object> task = Client.task(history.seed + "-shared-" + random.nextInt(3), "status", word());
            task.putAll(Client.record(
                    "target_text",
                    word(),
                    "context",
                    random.nextBoolean() ? null : word(),
                    "confidence",
                    "0.5000",
                    "retry_count",
                    random.nextInt(9),
                    "duration_ms",
                    null,
                    "updated_at",
                    time,
                    "created_at",
                    "2001-01-01 00:00:00.000001"));
            return task;
        }

        private Map<String, Object> note() {
            Map<String, Object> note = Client.record("id", key());
            maybe(note, "a", word());
            maybe(note, "b", random.nextInt(9));
            return note;
        }

        private void maybe(Map<String, Object> record, String name, Object value) {
            int choice = random.nextInt(6);
            if (choice < 4) {
                record.put(name, choice == 0 ? null : value);
            }
        }

        private String key() {
            return history.seed + "-" + number + "-" + random.nextInt(4);
        }

        private String time() {
            return PAST_AND_FUTURE[random.nextInt(8) / 7] + "-01-01 00:00:0" + random.nextInt(6) + ".00000"
                    + (1 + random.nextInt(3));
        }

        private String word() {
            return "w" + random.nextInt(1000);
        }
    }
}
