package dev.persistence.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.persistence.Client.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of records when the network between service and database fails; by default, a batch that fails is lost. */
@Timeout(120)
class NetworkFaultIT {

    private static final String INSERT = "INSERT INTO `translation_tasks`";

    /**
     * A fault that a flush meets.
     *
     * @param answer what whoever waits for the flush hears
     * @param lasts whether the database is out of reach until the fault is over
     */
    record Fault(String name, int answer, boolean lasts, Consumer<FaultProxy> inflict) {

        boolean duringTheCommit() {
            return name.endsWith("commit");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Fault> FAULTS = List.of(
            delays("latency", Flow.delayed(Duration.ofMillis(200), Duration.ofMillis(20))),
            delays("bandwidth", Flow.limited(64 << 10)),
            new Fault("reset between flushes", 200, false, proxy -> proxy.end(End.RESET)),
            new Fault("close between flushes", 200, false, proxy -> proxy.end(End.CLOSE)),
            new Fault("half-close by the server", 200, false, proxy -> proxy.halfClose(Direction.TO_CLIENT)),
            new Fault("stall", 503, true, proxy -> proxy.flow(Flow.STALLED)),
            cutWithinStatement(End.RESET),
            cutWithinStatement(End.CLOSE),
            cutWithinCommit(End.RESET),
            cutWithinCommit(End.CLOSE),
            unreachable("blackhole", Accepting.BLACKHOLE));

    /** Those that take the 5 s of connecting once more, or the 60 s that a statement is waited for. */
    private static final List<Fault> SLOW_FAULTS = List.of(
            new Fault("stall of answers", 503, true, proxy -> proxy.flow(Direction.TO_CLIENT, Flow.STALLED)),
            unreachable("refused", Accepting.REFUSED),
            cutWithinStatement(End.STALL),
            cutWithinCommit(End.STALL));

    private static Fault delays(String name, Flow flow) {
        return new Fault(name, 200, false, proxy -> proxy.flow(flow));
    }

    private static Fault cutWithinStatement(End end) {
        return new Fault(
                end + " within a statement",
                503,
                false,
                proxy -> proxy.cutAfter(Direction.TO_SERVER, INSERT, Direction.TO_SERVER, 700, end));
    }

    private static Fault cutWithinCommit(End end) {
        return new Fault(
                end + " within the answer to the commit",
                503,
                false,
                proxy -> proxy.cutAfter(Direction.TO_SERVER, "COMMIT", Direction.TO_CLIENT, 3, end));
    }

    private static Fault unreachable(String name, Accepting accepting) {
        return new Fault(name, 503, true, proxy -> {
            proxy.accept(accepting);
            proxy.end(End.RESET);
        });
    }

    static Stream<Arguments> faults() {
        List<Fault> faults = new ArrayList<>(FAULTS);
        if ("all".equals(System.getProperty("faults"))) {
            faults.addAll(SLOW_FAULTS);
        }
        return DatabaseProduct.available().stream()
                .flatMap(product -> faults.stream().map(fault -> Arguments.of(product, fault)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void fault_isHeardOfAndTheNextBatchIsWritten(DatabaseProduct product, Fault fault) throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(product))) {
            assertEquals(200, run.write());
            fault.inflict.accept(run.proxy);
            CompletableFuture<Answer> flush = run.beginWrite();
            if (fault.lasts()) {
                assertEquals(503, run.health());
            }

            assertEquals(fault.answer, flush.join().status());
            run.proxy.pass();
            assertEquals(200, run.write(), "the next batch");
            run.assertBalance();
            assertSaid(fault, run.log.of(Level.ERROR));
            if (fault.answer == 503) {
                assertEquals(200, run.writeAgain(1));
                run.assertBalance();
            }
        }
    }

    private static void assertSaid(Fault fault, List<String> errors) {
        assertEquals(fault.answer == 503 ? 1 : 0, errors.size(), errors::toString);
        for (String error : errors) {
            assertTrue(error.startsWith("lost 21 records (sessions 1, tasks 20): "), error);
            assertEquals(fault.duringTheCommit(), error.contains("whether it took effect is unknown"), error);
        }
    }

    @Test
    void stallWithinAStatementThatEndsInTime_onlyDelays() throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(DatabaseProduct.MARIADB))) {
            assertEquals(200, run.write());
            cutWithinStatement(End.STALL).inflict.accept(run.proxy);
            CompletableFuture<Answer> flush = run.beginWrite();
            await().until(() -> run.proxy.stalled());
            run.proxy.pass();

            assertEquals(200, flush.join().status());
            run.assertBalance();
        }
    }

    @Test
    void shortStall_onlyDelays() throws Exception {
        try (FaultRun run = new FaultRun(DatabaseProcess.shared(DatabaseProduct.MARIADB))) {
            assertEquals(200, run.write());
            run.proxy.flow(Flow.STALLED);
            CompletableFuture<Answer> flush = run.beginWrite();
            assertEquals(503, run.health());
            run.proxy.pass();

            assertEquals(200, flush.join().status());
            await().until(() -> run.health() == 200);
            run.assertBalance();
        }
    }
}
