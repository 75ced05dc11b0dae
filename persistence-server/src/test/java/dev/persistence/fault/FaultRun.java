package dev.persistence.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.Client;
import dev.persistence.Client.Answer;
import dev.persistence.LogLines;
import dev.persistence.RunningService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The wired service, on a database of its own, behind a proxy, as a user without special rights; and the oracle. Each
 * batch is a session, which is accepted, and tasks of it, which are written at once: one transaction, that is there as a
 * whole or not at all.
 */
final class FaultRun implements AutoCloseable {

    static final int TASKS = 20;

    private static final String TIME = "2026-01-02T03:04:05.678901Z";
    private static final String STORED_TIME = "2026-01-02 03:04:05.678901";

    final DatabaseProcess server;
    final String database;
    final String user;
    final FaultProxy proxy;
    final RunningService service;
    final Client client;
    final LogLines log = new LogLines();
    private final String text;
    private final Map<Integer, CompletableFuture<Answer>> told = new TreeMap<>();
    private int sent; // batches, those sent again too

    FaultRun(DatabaseProcess server) throws Exception {
        this(server, "Hello");
    }

    /** @param text which every task begins with */
    FaultRun(DatabaseProcess server, String text) throws Exception {
        this.server = server;
        this.text = text;
        database = server.createDatabase();
        user = database + "_writer";
        server.execute("CREATE USER " + user, "GRANT ALL PRIVILEGES ON " + database + ".* TO " + user);
        proxy = FaultProxy.to(server.port());
        service = RunningService.start(
                server.url(database, proxy.port()).replace("user=root", "user=" + user), "buffer.flush-interval=1d");
        client = new Client(service);
    }

    /** Sends a batch and waits for what becomes of it: 200 or 503. */
    int write() {
        return beginWrite().join().status();
    }

    CompletableFuture<Answer> beginWrite() {
        int batch = told.size();
        assertEquals(202, client.send("sessions", session(batch)).status());
        return remember(batch, client.beginWrite("tasks", tasks(batch)));
    }

    /** Sends a batch again: it is always safe to do so. */
    int writeAgain(int batch) {
        assertEquals(202, client.send("sessions", session(batch)).status());
        return remember(batch, client.beginWrite("tasks", tasks(batch))).join().status();
    }

    private CompletableFuture<Answer> remember(int batch, CompletableFuture<Answer> answer) {
        sent++;
        told.put(batch, answer);
        return answer;
    }

    private static Map<String, Object> session(int batch) {
        return Client.session("s-" + batch, "updated_at", TIME);
    }

    private List<Map<String, Object>> tasks(int batch) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (int index = 0; index < TASKS; index++) {
            String id = taskId(batch, index);
            tasks.add(Client.task(id, "session_id", "s-" + batch, "source_text", text + " " + id, "updated_at", TIME));
        }
        return tasks;
    }

    private static String taskId(int batch, int index) {
        return "t-" + batch + "-" + index;
    }

    int health() {
        return client.get("/health").status();
    }

    /** Ends what connections this service has, however they are; the next ones are new. */
    void killConnections() {
        for (String id : connections("")) {
            server.execute("KILL " + id);
        }
    }

    /** The connections that are in the middle of writing tasks. */
    List<String> writers() {
        return connections(" AND info LIKE 'INSERT INTO `translation_tasks`%'");
    }

    private List<String> connections(String which) {
        return server.rows("SELECT id FROM information_schema.processlist WHERE user = '" + user + "'" + which);
    }

    String table(String name) {
        return database + "." + name;
    }

    /** What the table holds is what clients were told, and everything accepted is accounted for. */
    void assertBalance() {
        List<String> rows = new ArrayList<>();
        told.forEach((batch, answer) -> {
            boolean there = !server.rows(
                            "SELECT 1 FROM " + table("translation_sessions") + " WHERE session_id = 's-" + batch + "'")
                    .isEmpty();
            int status = answer.join().status();
            assertTrue(status == 200 || status == 503, () -> "status " + status);
            assertTrue(there || status == 503, () -> "batch " + batch + " is written, and its session is not there");
            if (there) {
                rows.addAll(rowsOf(batch));
            }
        });
        assertEquals(
                rows.stream().sorted().toList(),
                server
                        .rows("SELECT task_id, session_id, source_text, updated_at FROM " + table("translation_tasks"))
                        .stream()
                        .sorted()
                        .toList());
        Answer stats = client.stats();
        assertEquals(
                (long) sent * (TASKS + 1),
                stats.number("performance", "total_tasks_written")
                        + stats.number("performance", "total_sessions_written")
                        + stats.number("performance", "total_tasks_failed")
                        + stats.number("performance", "total_sessions_failed")
                        + stats.number("buffer", "total_count"));
        assertEquals(0, stats.number("buffer", "unwritten_bytes"));
    }

    private List<String> rowsOf(int batch) {
        List<String> rows = new ArrayList<>();
        for (int index = 0; index < TASKS; index++) {
            String id = taskId(batch, index);
            rows.add(String.join("|", id, "s-" + batch, text + " " + id, STORED_TIME));
        }
        return rows;
    }

    @Override
    public void close() {
        try {
            server.resume();
            proxy.pass();
            service.close();
        } finally {
            proxy.close();
            log.close();
        }
        server.execute("DROP DATABASE " + database, "DROP USER " + user);
    }
}
