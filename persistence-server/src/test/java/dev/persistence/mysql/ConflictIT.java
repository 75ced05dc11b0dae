package dev.persistence.mysql;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.WriteOutcome;
import dev.persistence.batch.WriteOutcome.Committed;
import dev.persistence.batch.WriteOutcome.Lost;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.PipelineMetrics;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Other transactions and other people in the way of a batch. */
@Tag("database")
class ConflictIT {

    private static final String TIME = "2026-01-01 00:00:05.000000";

    private final TestDatabase database = new TestDatabase();
    private final RecordTypes types = Slots.declared("""
            { name = r, table = rivals, key = id, columns = [
              { name = id, type = string, length = 64, required = true }
              { name = n, type = integer } ] }""");
    private final Slots slots = new Slots(types);
    private final AtomicInteger retries = new AtomicInteger();
    private ConnectionPool pool;
    private MySqlStore store;

    @BeforeEach
    void open() {
        pool = ConnectionPool.open(database.settings());
        database.execute(
                "CREATE TABLE rivals (id VARCHAR(64) PRIMARY KEY, n INT) ENGINE = InnoDB",
                "INSERT INTO rivals VALUES ('a', 0), ('b', 0), ('z', 0)");
        store = new MySqlStore(pool, countingRetries());
    }

    @AfterEach
    void close() {
        pool.close();
        database.close();
    }

    @Test
    void deadlock_isRepeatedUntilTheBatchIsWritten() throws Exception {
        try (Connection rival = database.connect();
                Statement statement = rival.createStatement()) {
            rival.setAutoCommit(false);
            // A heavy transaction: the server chooses the lighter one as the victim, which is the batch.
            for (int i = 0; i < 200; i++) {
                statement.executeUpdate("INSERT INTO rivals VALUES ('rival" + i + "', 0)");
            }
            statement.executeUpdate("UPDATE rivals SET n = 1 WHERE id = 'z'");
            CompletableFuture<WriteOutcome> written = writeAsync("a", "z");
            await().until(() -> waiting() > 0);
            statement.executeUpdate("UPDATE rivals SET n = 1 WHERE id = 'a'"); // the batch has a and waits for z
            rival.commit();
            assertEquals(new Committed(List.of()), written.get());
        }
        assertTrue(retries.get() >= 1);
        assertEquals(List.of("a|5", "z|5"), database.rows("SELECT id, n FROM rivals WHERE n = 5 ORDER BY id"));
    }

    @Test
    void lockThatStaysTaken_losesTheBatchAfterThreeRepeats() throws Exception {
        pool.close();
        pool = ConnectionPool.open(settings("sessionVariables=innodb_lock_wait_timeout=10"));
        store = new MySqlStore(pool, countingRetries());
        database.execute("CREATE TRIGGER slow BEFORE INSERT ON rivals FOR EACH ROW"
                + " SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1205");
        slots.add("r", TIME, "id", "a", "n", "5");
        Lost lost = assertInstanceOf(Lost.class, store.write(slots.batch()));
        assertTrue(lost.reason().startsWith("a lock was not free in time"), lost.reason());
        assertEquals(3, retries.get());
        assertEquals(List.of("0"), database.rows("SELECT n FROM rivals WHERE id = 'a'"));
    }

    @Test
    void lockThatIsFreedInTime_onlyDelays() throws Exception {
        try (Connection rival = database.connect();
                Statement statement = rival.createStatement()) {
            rival.setAutoCommit(false);
            statement.executeUpdate("UPDATE rivals SET n = 1 WHERE id = 'a'");
            CompletableFuture<WriteOutcome> written = writeAsync("a");
            await().until(() -> waiting() > 0);
            rival.commit();
            assertEquals(new Committed(List.of()), written.get());
        }
        assertEquals(0, retries.get());
    }

    @Test
    void killedConnection_losesTheBatchAndTheNextIsWritten() throws Exception {
        try (Connection rival = database.connect();
                Statement statement = rival.createStatement()) {
            rival.setAutoCommit(false);
            statement.executeUpdate("UPDATE rivals SET n = 1 WHERE id = 'z'");
            CompletableFuture<WriteOutcome> written = writeAsync("a", "z");
            await().until(() -> waiting() > 0);
            database.execute("KILL " + writer());
            Lost lost = assertInstanceOf(Lost.class, written.get());
            assertTrue(lost.reason().matches(".*\\(SQL state .*, error \\d+\\)"), lost.reason());
            rival.rollback();
        }
        assertEquals(List.of("0"), database.rows("SELECT COUNT(*) FROM rivals WHERE n = 5"));
        assertEquals(new Committed(List.of()), writeAsync("a", "z").get());
    }

    @Test
    void triggerThatSignals_refusesItsRowOnly() {
        database.execute("CREATE TRIGGER picky BEFORE INSERT ON rivals FOR EACH ROW"
                + " BEGIN IF NEW.n = 13 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END IF; END");
        slots.add("r", TIME, "id", "c", "n", "13");
        slots.add("r", TIME, "id", "d", "n", "1");
        Committed outcome = assertInstanceOf(Committed.class, store.write(slots.batch()));
        assertEquals(1, outcome.refusals().size());
        assertTrue(outcome.refusals().get(0).reason().startsWith("a trigger"));
    }

    @Test
    void lostBatch_leavesNothingBehind() {
        database.execute("CREATE TRIGGER broken BEFORE INSERT ON rivals FOR EACH ROW"
                + " BEGIN IF NEW.id = 'k1500' THEN SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114; END IF; END");
        IntStream.range(0, 2000).forEach(i -> slots.add("r", TIME, "id", "k" + i, "n", "1"));
        assertInstanceOf(Lost.class, store.write(slots.batch()));
        assertEquals(List.of("3"), database.rows("SELECT COUNT(*) FROM rivals"));
    }

    private DatabaseSettings settings(String properties) {
        return new DatabaseSettings("", 1, "root", "", "", 2, java.util.Optional.of(database.url(properties)), true);
    }

    private CompletableFuture<WriteOutcome> writeAsync(String... keys) {
        for (String key : keys) {
            slots.add("r", TIME, "id", key, "n", "5");
        }
        RecordBatch batch = slots.batch();
        return CompletableFuture.supplyAsync(() -> store.write(batch));
    }

    /** Statements of this database that are under way, other than this question. */
    private long waiting() {
        return Long.parseLong(database.rows("SELECT COUNT(*) " + ofWriter()).get(0));
    }

    private String writer() {
        return database.rows("SELECT id " + ofWriter()).get(0);
    }

    private String ofWriter() {
        return "FROM information_schema.processlist WHERE db = '" + database.name()
                + "' AND info LIKE 'INSERT INTO `rivals`%' AND id <> CONNECTION_ID()";
    }

    /** All of the interface's verbs are of no interest here but one. */
    private PipelineMetrics countingRetries() {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("retried")) {
                retries.incrementAndGet();
            }
            return null;
        };
        return (PipelineMetrics) Proxy.newProxyInstance(
                PipelineMetrics.class.getClassLoader(), new Class<?>[] {PipelineMetrics.class}, handler);
    }
}
