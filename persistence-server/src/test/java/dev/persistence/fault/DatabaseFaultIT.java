package dev.persistence.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.persistence.Client.Answer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of records when the database fails in the middle of its work; by default, a batch that fails is lost. */
@Timeout(120)
class DatabaseFaultIT {

    private static final String LARGE_TEXT = "x".repeat(1000);

    static List<DatabaseProduct> products() {
        return DatabaseProduct.available();
    }

    static Stream<Arguments> faults() {
        boolean all = "all".equals(System.getProperty("faults"));
        return products().stream()
                .flatMap(product -> Stream.of(ServerFault.values())
                        .filter(fault -> all || !fault.slow())
                        .map(fault -> Arguments.of(product, fault)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void fault_isHeardOfAndTheNextBatchIsWritten(DatabaseProduct product, ServerFault fault) throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(product), LARGE_TEXT)) {
            assertEquals(200, run.write());
            fault.inflict(run);
            try {
                assertEquals(fault.answer(), run.write());
            } finally {
                fault.mend(run);
            }

            assertEquals(200, run.write());
            assertEquals(200, run.health());
            run.assertBalance();
            List<String> errors = run.log.of(Level.ERROR);
            assertEquals(fault.answer() == 503 ? 1 : 0, errors.size(), errors::toString);
            assertTrue(errors.stream().allMatch(line -> line.contains(fault.reason())), errors::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void pausedDuringAFlush_writesItWhenItGoesOn(DatabaseProduct product) throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(product))) {
            assertEquals(200, run.write());
            run.server.pause();
            CompletableFuture<Answer> flush = run.beginWrite();
            assertEquals(503, run.health());
            run.server.resume();

            assertEquals(200, flush.join().status());
            await().until(() -> run.health() == 200);
            run.assertBalance();
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    @EnabledIfSystemProperty(named = "faults", matches = "all")
    void pausedBeforeAFlush_losesItAfterFiveSeconds(DatabaseProduct product) throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(product))) {
            assertEquals(200, run.write());
            run.server.pause();
            try {
                assertEquals(503, run.write());
            } finally {
                run.server.resume();
            }

            assertEquals(200, run.write());
            run.assertBalance();
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void killedDuringAFlush_losesItAndTheSameRecordsSentAgainAreWritten(DatabaseProduct product) throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(product))) {
            assertEquals(200, run.write());
            CompletableFuture<Answer> flush = flushThatWaits(run, run.server::kill);

            assertEquals(503, flush.join().status());
            assertEquals(503, run.health());
            run.server.restart();
            assertEquals(200, run.writeAgain(1));
            assertEquals(200, run.write());
            run.assertBalance();
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void connectionKilledDuringAFlush_losesItWhole(DatabaseProduct product) throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(product))) {
            assertEquals(200, run.write());
            CompletableFuture<Answer> flush = flushThatWaits(run, run::killConnections);

            assertEquals(503, flush.join().status());
            assertEquals(200, run.write());
            run.assertBalance();
            assertEquals(List.of("2"), run.server.rows("SELECT COUNT(*) FROM " + run.table("translation_sessions")));
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void rowLockedByAnotherSession_isWaitedFor(DatabaseProduct product) throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(product))) {
            assertEquals(200, run.write());

            assertEquals(200, flushThatWaits(run, () -> {}).join().status());
            run.assertBalance();
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    @EnabledIfSystemProperty(named = "faults", matches = "all")
    void rowLockedForTooLong_losesTheBatch(DatabaseProduct product) throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(product))) {
            assertEquals(200, run.write());
            CompletableFuture<Answer> flush = flushThatWaits(
                    run,
                    () -> await().atMost(Duration.ofSeconds(90))
                            .until(() -> !run.log.of(Level.ERROR).isEmpty()));

            assertEquals(503, flush.join().status());
            assertTrue(run.log.of(Level.ERROR).get(0).contains("a lock was not free in time"));
            assertEquals(200, run.write());
            run.assertBalance();
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void fullTableSpace_losesTheBatchUntilThereIsRoom(DatabaseProduct product) throws Exception {
        DatabaseProcess server = DatabaseProcess.shared(product);
        server.execute("SET GLOBAL innodb_file_per_table = OFF"); // tables go into the one file, whose size is limited
        try (FaultRun run = new FaultRun(server, LARGE_TEXT)) {
            assertEquals(200, run.write());
            String filler = run.table("filler");
            server.execute("CREATE TABLE " + filler + " (a INT AUTO_INCREMENT PRIMARY KEY, b VARBINARY(4000))");
            fill(server, filler);
            int status = 200;
            for (int batches = 0; status == 200 && batches < 50; batches++) { // what was free in the table's own pages
                status = run.write();
            }
            assertEquals(503, status);
            assertTrue(run.log.of(Level.ERROR).get(0).contains("disk is full"), run.log.of(Level.ERROR)::toString);

            server.execute("DROP TABLE " + filler); // the server frees its room in the background
            await().until(() -> run.write() == 200);
            assertTrue(run.log.of(Level.ERROR).stream().allMatch(line -> line.contains("disk is full")));
            run.assertBalance();
        } finally {
            server.execute("SET GLOBAL innodb_file_per_table = ON");
        }
    }

    /** Takes all room, by large steps and then by small ones. */
    private static void fill(DatabaseProcess server, String table) {
        for (int rows : new int[] {200, 1}) {
            String insert = "INSERT INTO " + table + " (b) VALUES (REPEAT('x', 4000))"
                    + ", (REPEAT('x', 4000))".repeat(rows - 1);
            IllegalStateException full = assertThrows(IllegalStateException.class, () -> {
                for (int statements = 0; statements < 10_000; statements++) {
                    server.execute(insert);
                }
            });
            assertTrue(full.getCause().getMessage().contains("is full"), full.getCause()::getMessage);
        }
    }

    /** Begins a flush whose statement waits for a row of another session, does something, and ends that session. */
    private static CompletableFuture<Answer> flushThatWaits(FaultRun run, Runnable meanwhile) throws Exception {
        try (Connection other = run.server.connect(run.database);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO translation_tasks (task_id, session_id, batch_id, sheet_name, row_index,"
                    + " column_name, source_text, status, created_at, updated_at) VALUES"
                    + " ('t-1-0', '', '', '', 0, '', '', '', NOW(), '2020-01-01')");
            CompletableFuture<Answer> flush = run.beginWrite();
            await().until(() -> !run.writers().isEmpty());
            meanwhile.run();
            if (run.server.isAlive()) {
                other.rollback();
            } else {
                other.abort(Runnable::run);
            }
            return flush;
        }
    }
}
