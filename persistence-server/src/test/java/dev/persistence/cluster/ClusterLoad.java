package dev.persistence.cluster;

import dev.persistence.history.Instance;
import dev.persistence.history.client.ClientLane;
import dev.persistence.history.client.Notebook;
import dev.persistence.history.oracle.Outcome;
import dev.persistence.history.oracle.Sending;
import dev.persistence.history.plan.FaultKind;
import dev.persistence.history.plan.Plan;
import dev.persistence.history.plan.PlanMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Clients that send until they are stopped: one short round of a history after another, with new keys in each, so that
 * what a key's row may be stays countable. The clients of a round share keys, whichever instance they send to.
 */
final class ClusterLoad {

    private final long seed;
    private final String prefix;
    private final List<Instance> instances;
    private final Notebook notes;
    private final Thread thread = new Thread(this::rounds, "cluster-load");
    private volatile boolean stop;

    /** Sends to the instances in turn; all keys begin with the prefix. */
    ClusterLoad(long seed, String prefix, List<Instance> instances, Notebook notes) {
        this.seed = seed;
        this.prefix = prefix;
        this.instances = List.copyOf(instances);
        this.notes = notes;
    }

    ClusterLoad start() {
        thread.start();
        return this;
    }

    private void rounds() {
        for (int round = 0; !stop; round++) {
            Plan plan = PlanMaker.round(seed + round, prefix + round + "-", Set.of(FaultKind.DATABASE_KILL));
            List<Thread> clients = new ArrayList<>();
            for (Plan.Lane lane : plan.lanes()) {
                Instance instance = instances.get(clients.size() % instances.size());
                clients.add(new Thread(new ClientLane(lane, instance, notes), "client-" + clients.size()));
            }
            clients.forEach(Thread::start);
            clients.forEach(ClusterLoad::join);
        }
    }

    /** When, in microseconds, the first record was written that was sent after a moment; 0 if none was yet. */
    long firstWrittenAfter(long micros) {
        return notes.history().sendings().stream()
                .filter(sending -> sending.outcome() == Outcome.WRITTEN && sending.sent() > micros)
                .mapToLong(Sending::answered)
                .min()
                .orElse(0);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the round that is under way has ended. */
    void stop() {
        stop = true;
        join(thread);
    }
}
