package dev.persistence.history;

import dev.persistence.fault.Accepting;
import dev.persistence.fault.Direction;
import dev.persistence.fault.End;
import dev.persistence.fault.FaultProxy;
import dev.persistence.fault.Flow;
import dev.persistence.history.client.Notebook;
import dev.persistence.history.oracle.Shape;
import dev.persistence.history.plan.PlannedFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Makes planned faults happen, one after another, and makes good each of them. One thread. */
final class FaultDirector {

    private static final End[] ENDS = {End.RESET, End.CLOSE};
    private static final long MOST_NANOS_BETWEEN_FAULTS = 2_000_000_000;
    private static final int STATEMENT_BYTES = 400;
    private static final int ANSWER_BYTES = 12;
    private static final int WEIGHT = 300;
    private static final int DEADLOCK = 1213;

    private final Stage stage;
    private final Notebook notes;

    FaultDirector(Stage stage, Notebook notes) {
        this.stage = stage;
        this.notes = notes;
    }

    void run(List<PlannedFault> faults) throws Exception {
        for (PlannedFault fault : faults) {
            awaitRecords(fault.afterRecords());
            happen(fault);
        }
    }

    /** Not for ever: the clients may have come to their end. */
    private void awaitRecords(int more) throws InterruptedException {
        int due = notes.count() + more;
        long end = System.nanoTime() + MOST_NANOS_BETWEEN_FAULTS;
        while (notes.count() < due && System.nanoTime() < end) {
            Thread.sleep(1);
        }
    }

    private void happen(PlannedFault fault) throws Exception {
        Instance instance = stage.instances().get(fault.instance());
        switch (fault.kind()) {
            case DATABASE_LATENCY, CLIENT_LATENCY, DATABASE_STALL, CLIENT_STALL -> slow(fault, instance);
            case DATABASE_RESET, CLIENT_RESET -> proxy(fault, instance).end(ENDS[fault.variety() % 2]);
            case DATABASE_STATEMENT_CUT, DATABASE_COMMIT_CUT, DATABASE_COMMIT_ANSWER_CUT, CLIENT_ANSWER_CUT ->
                cut(fault, proxy(fault, instance));
            case DATABASE_BLACKHOLE -> blackhole(fault, stage.back(instance));
            case DATABASE_HALF_CLOSE, CLIENT_HALF_CLOSE ->
                proxy(fault, instance).halfClose(direction(fault));
            case DATABASE_PAUSE, DATABASE_KILL, DATABASE_CONNECTION_KILLS, DATABASE_READ_ONLY -> breakServer(fault);
            case ROWS_LOCKED -> lockRows(fault);
            case DEADLOCKS -> deadlock(fault);
            case SERVICE_TERM, SERVICE_KILL, SERVICE_PAUSE -> breakService(fault, instance);
        }
    }

    private FaultProxy proxy(PlannedFault fault, Instance instance) {
        return fault.kind().name().startsWith("CLIENT") ? instance.front() : stage.back(instance);
    }

    private static Direction direction(PlannedFault fault) {
        return fault.variety() % 2 == 0 ? Direction.TO_SERVER : Direction.TO_CLIENT;
    }

    private void slow(PlannedFault fault, Instance instance) throws InterruptedException {
        FaultProxy proxy = proxy(fault, instance);
        boolean stall = fault.kind().name().endsWith("STALL");
        Flow flow = stall ? Flow.STALLED : Flow.delayed(Duration.ofMillis(20), Duration.ofMillis(30));
        if (fault.variety() % 3 == 0) {
            proxy.flow(flow);
        } else {
            proxy.flow(direction(fault), flow);
        }
        Thread.sleep(fault.forMillis());
        if (stall && fault.variety() % 2 == 0) {
            proxy.end(End.RESET);
        }
        proxy.pass();
    }

    /** Where in a statement, in the word that commits, or in its answer, is the variety's choice. */
    private static void cut(PlannedFault fault, FaultProxy proxy) throws InterruptedException {
        End end = ENDS[fault.variety() % 2];
        switch (fault.kind()) {
            case DATABASE_STATEMENT_CUT ->
                proxy.cutAfter(
                        Direction.TO_SERVER,
                        "INSERT INTO",
                        Direction.TO_SERVER,
                        fault.variety() % STATEMENT_BYTES,
                        end);
            case DATABASE_COMMIT_CUT ->
                proxy.cutAfter(Direction.TO_SERVER, "commi", Direction.TO_SERVER, fault.variety() % 2, end);
            case DATABASE_COMMIT_ANSWER_CUT ->
                proxy.cutAfter(Direction.TO_SERVER, "commit", Direction.TO_CLIENT, fault.variety() % ANSWER_BYTES, end);
            default -> proxy.cut(Direction.TO_CLIENT, fault.variety(), end);
        }
        Thread.sleep(fault.forMillis());
        proxy.pass();
    }

    private static void blackhole(PlannedFault fault, FaultProxy proxy) throws InterruptedException {
        proxy.accept(fault.variety() % 2 == 0 ? Accepting.BLACKHOLE : Accepting.REFUSED);
        proxy.end(End.RESET);
        Thread.sleep(fault.forMillis());
        proxy.pass();
    }

    private void breakServer(PlannedFault fault) throws InterruptedException {
        switch (fault.kind()) {
            case DATABASE_PAUSE -> {
                stage.server().pause();
                Thread.sleep(fault.forMillis());
                stage.server().resume();
            }
            case DATABASE_KILL -> stage.server().restart();
            case DATABASE_READ_ONLY -> {
                stage.server().execute("SET GLOBAL read_only = 1");
                Thread.sleep(fault.forMillis());
                stage.server().execute("SET GLOBAL read_only = 0");
            }
            default -> killConnections(fault);
        }
    }

    private void killConnections(PlannedFault fault) throws InterruptedException {
        int times = 1 + fault.variety() % 5;
        for (int time = 0; time < times; time++) {
            for (String id : stage.server()
                    .rows("SELECT id FROM information_schema.processlist WHERE user = '" + Stage.WRITER + "' AND db = '"
                            + stage.database() + "'")) {
                try {
                    stage.server().execute("KILL " + id);
                } catch (IllegalStateException gone) {
                    // it ended by itself
                }
            }
            Thread.sleep(fault.forMillis() / times);
        }
    }

    private void lockRows(PlannedFault fault) throws SQLException, InterruptedException {
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                for (Shape shape : Shape.values()) {
                    statement.executeQuery("SELECT * FROM " + shape.table() + " FOR UPDATE");
                }
                Thread.sleep(fault.forMillis());
            } catch (SQLException conflict) {
                passOver(conflict);
            } finally {
                connection.rollback();
            }
        }
    }

    /** A deadlock may as well end this side of it. */
    private static void passOver(SQLException conflict) throws SQLException {
        if (conflict.getErrorCode() != DEADLOCK) {
            throw conflict;
        }
    }

    /** Locks rows against the order of the flushes, with so much done already that the service is the one to give way. */
    private void deadlock(PlannedFault fault) throws SQLException, InterruptedException {
        long end = System.nanoTime() + fault.forMillis() * 1_000_000L;
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            StringBuilder weights = new StringBuilder("INSERT INTO weights VALUES (0)");
            for (int weight = 1; weight < WEIGHT; weight++) {
                weights.append(",(").append(weight).append(')');
            }
            while (System.nanoTime() < end) {
                try {
                    statement.execute(weights.toString());
                    statement.executeQuery("SELECT * FROM translation_tasks WHERE task_id LIKE '%shared%' FOR UPDATE");
                    Thread.sleep(20);
                    statement.executeQuery("SELECT * FROM translation_sessions FOR UPDATE");
                } catch (SQLException conflict) {
                    passOver(conflict);
                } finally {
                    connection.rollback();
                }
                Thread.sleep(10);
            }
        }
    }

    private void breakService(PlannedFault fault, Instance instance) throws InterruptedException {
        switch (fault.kind()) {
            case SERVICE_PAUSE -> {
                instance.process().pause();
                Thread.sleep(fault.forMillis());
                instance.process().resume();
            }
            case SERVICE_TERM -> {
                instance.term(notes);
                instance.startAgain();
            }
            default -> {
                instance.kill(notes);
                instance.startAgain();
            }
        }
    }
}
