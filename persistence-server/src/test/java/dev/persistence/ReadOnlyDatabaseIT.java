package dev.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ch.qos.logback.classic.Level;
import dev.persistence.mysql.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that is read-only for a while, or that ends connections: what follows is written over a new connection. */
@Tag("database")
class ReadOnlyDatabaseIT {

    private final LogLines log = new LogLines();
    private final TestDatabase database = new TestDatabase();
    private final String user = database.name();
    private RunningService service;
    private Client client;

    /** The service's user has no right that exempts it from read_only, and each row tells who wrote it. */
    @BeforeEach
    void start() throws Exception {
        database.execute(
                "CREATE USER '" + user + "'@'%' IDENTIFIED BY 'secret'",
                "GRANT ALL ON `" + database.name() + "`.* TO '" + user + "'@'%'");
        String url = database.url().replaceAll("\\?.*", "") + "?user=" + user + "&password=secret";
        service = RunningService.start(database, "buffer.on-database-failure=hold", "database.url=" + url);
        client = new Client(service);
        database.execute(
                "ALTER TABLE translation_tasks ADD COLUMN writer BIGINT NULL",
                "CREATE TRIGGER who BEFORE INSERT ON translation_tasks FOR EACH ROW SET NEW.writer = CONNECTION_ID()");
        assertEquals(200, client.write("tasks", Client.task("before")).status());
    }

    @AfterEach
    void stop() {
        database.execute("SET GLOBAL read_only = OFF");
        service.close();
        database.execute("DROP USER '" + user + "'@'%'");
        database.close();
        log.close();
    }

    private String writer(String task) {
        return database.rows("SELECT writer FROM translation_tasks WHERE task_id = '" + task + "'")
                .get(0);
    }

    private boolean isOpen(String connection) {
        return !database.rows("SELECT id FROM information_schema.processlist WHERE id = " + connection)
                .isEmpty();
    }

    @Test
    void serverThatIsReadOnlyForAWhile_getsTheHeldBatchOverANewConnection() throws Exception {
        String before = writer("before");
        List<String> all = database.rows("SELECT id FROM information_schema.processlist WHERE user = '" + user + "'");
        database.execute("SET GLOBAL read_only = ON");
        CompletableFuture<Client.Answer> waiting = client.beginWrite("tasks", List.of(Client.task("after")));
        await().until(() -> log.of(Level.WARN).stream()
                .anyMatch(line ->
                        line.startsWith("Holding a batch of 1 records: the database is read-only (SQL state ")));
        await().until(() -> !isOpen(before));

        database.execute("SET GLOBAL read_only = OFF");

        assertEquals(200, waiting.get(30, TimeUnit.SECONDS).status());
        assertNotEquals(before, writer("after"));
        assertTrue(!all.contains(writer("after")), "no connection from before is used");
    }

    @Test
    void connectionThatTheServerEnded_isNotedBeforeItIsUsed() {
        database.execute("KILL " + writer("before"));

        assertEquals(200, client.write("tasks", Client.task("after")).status());
        assertNotEquals(writer("before"), writer("after"));
        assertEquals(
                List.of(),
                log.of(Level.WARN).stream()
                        .filter(line -> line.startsWith("Holding"))
                        .toList());
    }

    @Test
    void connectionEndedDuringAStatement_holdsTheBatchAndWritesItOverANewOne() throws Exception {
        String before = writer("before");
        CompletableFuture<Client.Answer> waiting;
        try (HeldTable table = new HeldTable(database, "translation_tasks")) {
            waiting = client.beginWrite("tasks", List.of(Client.task("after")));
            table.awaitWriter();
            database.execute("KILL " + before);
            await().until(() -> log.of(Level.WARN).stream().anyMatch(line -> line.startsWith("Holding")));
        }

        assertEquals(200, waiting.get(30, TimeUnit.SECONDS).status());
        assertNotEquals(before, writer("after"));
        assertEquals(List.of("2"), database.rows("SELECT COUNT(*) FROM translation_tasks"));
    }

    @Test
    void superReadOnly_isTheSameToTheServicesUser() throws Exception {
        assumeFalse(database.rows("SELECT VERSION()").get(0).contains("MariaDB"), "MariaDB has none");
        String before = writer("before");
        database.execute("SET GLOBAL super_read_only = ON");
        CompletableFuture<Client.Answer> waiting = client.beginWrite("tasks", List.of(Client.task("after")));
        await().until(() -> !isOpen(before));

        database.execute("SET GLOBAL read_only = OFF"); // and super_read_only with it

        assertEquals(200, waiting.get(30, TimeUnit.SECONDS).status());
        assertNotEquals(before, writer("after"));
    }
}
