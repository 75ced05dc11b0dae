package dev.persistence.history;

import dev.persistence.history.client.ClientLane;
import dev.persistence.history.client.Notebook;
import dev.persistence.history.client.WireClient;
import dev.persistence.history.oracle.Checkpoint;
import dev.persistence.history.oracle.LifeEnd;
import dev.persistence.history.oracle.Oracle;
import dev.persistence.history.oracle.Outcome;
import dev.persistence.history.plan.Plan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Carries out one plan on a stage, and holds the table against what the clients saw. */
final class HistoryRun {

    private final Plan plan;
    private final Stage stage;
    private final String prefix;
    private final boolean alone;
    private final Notebook notes = new Notebook();

    private HistoryRun(Plan plan, Stage stage, String prefix, boolean alone) {
        this.plan = plan;
        this.stage = stage;
        this.prefix = prefix;
        this.alone = alone;
    }

    /** With services that were started for it. */
    static HistoryRun whole(Plan plan, Stage stage) {
        return new HistoryRun(plan, stage, "", true);
    }

    /** With services that others use, too, before, beside and after it; its keys begin with the prefix. */
    static HistoryRun round(Plan plan, Stage stage, String prefix) {
        return new HistoryRun(plan, stage, prefix, false);
    }

    Notebook notes() {
        return notes;
    }

    /** The clients and the faults, until all are done. */
    void play() throws Exception {
        List<Thread> clients = new ArrayList<>();
        SnapshotReader reader = new SnapshotReader(stage::connect, prefix, notes);
        try {
            for (Plan.Lane lane : plan.lanes()) {
                Thread client = new Thread(
                        new ClientLane(lane, stage.instances().get(lane.instance()), notes),
                        "client-" + clients.size());
                clients.add(client);
                client.start();
            }
            try {
                new FaultDirector(stage, notes).run(plan.faults());
            } catch (Exception | AssertionError failure) {
                clients.forEach(Thread::interrupt); // they would wait for a service that does not come
                throw failure;
            } finally {
                for (Thread client : clients) {
                    client.join();
                }
            }
            ending().settle();
        } finally {
            reader.stop();
        }
    }

    /** Like {@link #play}, for a round: what was lost is drawn from the statistics before and after. */
    void playRound() throws Exception {
        Instance instance = stage.instances().get(0);
        try (WireClient client = instance.direct()) {
            notes.checkpoint(client, instance.life(), 0);
        }
        play();
        List<Checkpoint> all = notes.history().checkpoints();
        long before = all.get(0).lostAtLeast();
        long after = all.get(all.size() - 1).lostAtMost();
        notes.ended(new LifeEnd(instance.life(), false, after - before, -1));
    }

    /** Stops the services in order, which must succeed now. */
    void stop() {
        ending().stop();
    }

    private Ending ending() {
        return new Ending(stage.instances(), notes, alone);
    }

    Oracle.Verdict verdict() throws Exception {
        return Oracle.check(notes.history(), stage.rows(prefix));
    }

    /** How many records had which outcome. */
    Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        notes.history().sendings().forEach(sending -> outcomes.merge(sending.outcome(), 1L, Long::sum));
        return outcomes;
    }
}
