package dev.persistence.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.fault.DatabaseProcess;
import dev.persistence.fault.DatabaseProduct;
import dev.persistence.history.oracle.Oracle;
import dev.persistence.history.plan.FaultKind;
import dev.persistence.history.plan.Plan;
import dev.persistence.history.plan.PlanMaker;
import dev.persistence.history.plan.PlannedFault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever breaks while clients send: what was written is there, what was accepted is there or counted as lost, and no row
 * is stale, doubled, torn or made up.
 *
 * <p>{@code -Dhistories=N} runs more of them, {@code -Dseed=S} the one of that seed again (with {@code -Dhistories}, those
 * from it on): the same settings, requests and faults; only the timing is the machine's.
 */
class FaultHistoryIT {

    private final Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
    private long records;
    private long missing;
    private long undecided;

    @TempDir
    private Path logs;

    @Test
    void table_whateverBreaks_isWhatClientsWereTold() throws Exception {
        Optional<Long> seed = Optional.ofNullable(Long.getLong("seed"));
        int histories = Integer.getInteger("histories", seed.isPresent() ? 1 : 4);
        long first = seed.orElseGet(System::currentTimeMillis);
        List<DatabaseProduct> products = DatabaseProduct.available();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < histories; i++) {
            wrong.addAll(run(first + i, products.get((int) Math.floorMod(first + i, (long) products.size()))));
        }
        System.out.println(histories + " histories, " + records + " records sent, faults " + faults + ", " + missing
                + " accepted records missing and counted as lost, " + undecided + " keys undecided, " + wrong.size()
                + " wrong");
        assertEquals(List.of(), wrong);
    }

    private List<String> run(long seed, DatabaseProduct product) throws Exception {
        Plan plan = PlanMaker.history(seed);
        System.out.println("History -Dseed=" + seed + " on " + product + ": settings " + plan.settings() + ", "
                + plan.lanes().size() + " clients, faults "
                + plan.faults().stream().map(PlannedFault::kind).toList());
        plan.faults().forEach(fault -> faults.merge(fault.kind(), 1, Integer::sum));
        List<String> wrong = new ArrayList<>();
        try (Stage stage = Stage.open(DatabaseProcess.shared(product), plan.settings(), logs)) {
            HistoryRun run = HistoryRun.whole(plan, stage);
            run.play();
            run.stop();
            Oracle.Verdict verdict = run.verdict();
            wrong.addAll(run.notes().surprises());
            wrong.addAll(verdict.faults());
            records += run.notes().history().sendings().size();
            missing += verdict.missing();
            undecided += verdict.undecided();
            System.out.println("  " + run.outcomes() + ", "
                    + run.notes().history().snapshots().size() + " snapshots, missing " + verdict.missing() + " of "
                    + verdict.allowed() + (verdict.undecided() > 0 ? ", undecided " + verdict.undecided() : ""));
        } catch (Exception | AssertionError failure) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            wrong.add(trace.toString()); // the others are run all the same
        }
        List<String> named = wrong.stream()
                .map(fault -> "replay this history with -Dseed=" + seed + ": " + fault)
                .toList();
        named.forEach(System.out::println);
        return named;
    }
}
