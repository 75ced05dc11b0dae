package dev.persistence.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.DatabaseProcess;
import dev.persistence.fault.DatabaseProduct;
import dev.persistence.fault.ServiceGauge;
import dev.persistence.history.client.WireClient;
import dev.persistence.history.oracle.Oracle;
import dev.persistence.history.oracle.Sending;
import dev.persistence.history.plan.FaultKind;
import dev.persistence.history.plan.Plan;
import dev.persistence.history.plan.PlanMaker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One process of the service for a long time, at half of what it can write, with faults and everything that clients do
 * wrong: nothing grows, every record is accounted for, and the rows are right.
 *
 * <p>{@code -Dsoak.minutes=N} sets how long. Without it, a few seconds; then only rows and sums are held, as nothing can be
 * said about growth. {@code -Dseed=S} draws the same rounds again.
 */
class SoakIT {

    /** All of the heap is resident from the start, so that the resident memory grows with nothing but leaks. */
    private static final String JVM = "-Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:NativeMemoryTracking=summary";

    private static final int LOADS = 2;
    private static final double SHORT_MINUTES = 0.1;
    private static final double LEAST_MINUTES_FOR_GROWTH = 10;
    private static final long SAMPLE_SECONDS = 30;
    private static final long MEASURE_SECONDS = 10;
    private static final double SHORT_RATE = 500;

    private final List<String> wrong = new ArrayList<>();
    private final Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
    private final SoakReport report = new SoakReport();
    private final List<BulkLoad> loads = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private long roundsTaken;
    private long roundsUnknown;
    private int rounds;

    @TempDir
    private Path logs;

    @Test
    void service_forALongTimeUnderFaults_losesNothingUncountedAndDoesNotGrow() throws Exception {
        double minutes = Double.parseDouble(System.getProperty("soak.minutes", Double.toString(SHORT_MINUTES)));
        boolean longForm = minutes >= LEAST_MINUTES_FOR_GROWTH;
        long seed = Long.getLong("seed", System.currentTimeMillis());
        System.out.println("Soak of " + minutes + " minutes, -Dseed=" + seed);
        List<String> settings = List.of("FLUSH_INTERVAL", "1s", "JAVA_OPTS", JVM, "IDLE_TIMEOUT", "20s");
        DatabaseProduct product =
                DatabaseProduct.available().get(DatabaseProduct.available().size() - 1);
        try (Stage stage = Stage.open(DatabaseProcess.shared(product), List.of(settings), logs)) {
            Instance instance = stage.instances().get(0);
            try (ServiceGauge gauge = ServiceGauge.attach(instance.process().pid())) {
                beginLoad(instance, longForm);
                long start = System.nanoTime();
                long nextSample = 0;
                long seconds = 0;
                while (seconds < minutes * 60) {
                    round(stage, seed + rounds);
                    seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
                    if (seconds >= nextSample) {
                        sample(stage, gauge, seconds);
                        nextSample = seconds + SAMPLE_SECONDS;
                    }
                }
            } finally {
                endLoad();
            }
            checkEnd(stage);
        } finally {
            report.say(rounds + " rounds, faults " + faults + ", " + wrong.size() + " wrong");
            if (longForm) {
                wrong.addAll(report.growth());
            }
            System.out.println("Report: " + report.write());
        }
        assertEquals(List.of(), wrong, "replay with -Dseed=" + seed);
    }

    /** In the long form sends as fast as it goes, sees how much is written, and goes on with half of it. */
    private void beginLoad(Instance instance, boolean measured) throws Exception {
        for (int load = 0; load < LOADS; load++) {
            loads.add(new BulkLoad("bulk-" + load + "-", instance, measured ? 0 : SHORT_RATE / LOADS));
            threads.add(new Thread(loads.get(load), "bulk-load-" + load));
        }
        threads.forEach(Thread::start);
        if (!measured) {
            report.say("the load is " + SHORT_RATE + " records/s");
            return;
        }
        Thread.sleep(MEASURE_SECONDS * 1000);
        long before = written(instance);
        Thread.sleep(MEASURE_SECONDS * 1000);
        double perSecond = Math.max(SHORT_RATE, (written(instance) - before) / (double) MEASURE_SECONDS);
        loads.forEach(load -> load.rate(perSecond / 2 / LOADS));
        report.say(Math.round(perSecond) + " records/s can be written; the load is half of that");
    }

    private void endLoad() throws InterruptedException {
        loads.forEach(BulkLoad::stop);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static long written(Instance instance) throws Exception {
        try (WireClient client = instance.direct()) {
            WireClient.Answer stats = client.ask("GET", "stats");
            return stats.number("total_tasks_written") + stats.number("total_sessions_written");
        }
    }

    private void round(Stage stage, long seed) throws Exception {
        Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
        kinds.removeIf(FaultKind::endsService); // it is this process that must not grow
        String prefix = "r" + rounds++ + "-";
        Plan plan = PlanMaker.round(seed, prefix, kinds);
        plan.faults().forEach(fault -> faults.merge(fault.kind(), 1, Integer::sum));
        HistoryRun run = HistoryRun.round(plan, stage, prefix);
        run.playRound();
        Oracle.Verdict verdict = run.verdict();
        List<String> found = new ArrayList<>(run.notes().surprises());
        found.addAll(verdict.faults());
        for (String fault : found) {
            System.out.println("round -Dseed=" + seed + ": " + fault);
            wrong.add("round -Dseed=" + seed + ": " + fault);
        }
        Sending.Life life = stage.instances().get(0).life();
        roundsTaken += run.notes().taken(life);
        roundsUnknown += run.notes().uncertain(life);
        stage.delete(prefix);
    }

    private void sample(Stage stage, ServiceGauge gauge, long seconds) throws Exception {
        int connections = stage.server()
                .rows("SELECT id FROM information_schema.processlist WHERE user = '" + Stage.WRITER + "'")
                .size();
        try (WireClient client = stage.instances().get(0).direct()) {
            long settled = settled(client.ask("GET", "stats"));
            report.add(new SoakReport.Line(seconds, gauge.sample(), connections, taken(), settled, rounds));
        }
    }

    private static long settled(WireClient.Answer stats) {
        return stats.number("total_sessions_written")
                + stats.number("total_tasks_written")
                + stats.number("total_sessions_failed")
                + stats.number("total_tasks_failed");
    }

    private long taken() {
        return roundsTaken + loads.stream().mapToLong(BulkLoad::acceptedRecords).sum();
    }

    private void checkEnd(Stage stage) throws Exception {
        Instance instance = stage.instances().get(0);
        long failed;
        try (WireClient client = instance.direct()) {
            WireClient.Answer flushed = client.ask("POST", "flush");
            assertEquals(200, flushed.status(), flushed::toString);
            WireClient.Answer stats = client.ask("GET", "stats");
            failed = stats.number("total_tasks_failed") + stats.number("total_sessions_failed");
            long unknown = roundsUnknown
                    + loads.stream().mapToLong(BulkLoad::unknownRecords).sum();
            long settled = settled(stats);
            String sums = settled + " settled (of which " + failed + " failed), clients know of " + taken() + " and "
                    + unknown + " more may have arrived, "
                    + loads.stream().mapToLong(BulkLoad::refusedRecords).sum() + " refused with 503";
            report.say(sums);
            assertTrue(settled >= taken() && settled <= taken() + unknown, sums);
            assertEquals(0, stats.number("total_count"));
            assertEquals(0, stats.number("unwritten_bytes"));
            assertEquals(stats.number("ring_size"), stats.number("ring_remaining"));
        }
        Map<String, String> rows = bulkRows(stage);
        long behind = 0;
        for (BulkLoad load : loads) {
            behind += load.behind(rows, wrong);
        }
        report.say(rows.size() + " rows of the load, " + behind + " behind their newest accepted record");
        if (behind > failed) {
            wrong.add(behind + " rows are behind, and only " + failed + " records failed");
        }
        instance.process().term();
        assertEquals(0, instance.process().exitCode(Duration.ofSeconds(60)));
    }

    private static Map<String, String> bulkRows(Stage stage) throws SQLException {
        Map<String, String> rows = new HashMap<>();
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT task_id, CONCAT_WS('|', row_index, source_text,"
                        + " target_text, status, updated_at) FROM translation_tasks WHERE task_id LIKE 'bulk-%'")) {
            while (row.next()) {
                rows.put(row.getString(1), row.getString(2));
            }
        }
        return rows;
    }
}
