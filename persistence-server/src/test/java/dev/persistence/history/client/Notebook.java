package dev.persistence.history.client;

import dev.persistence.history.oracle.Checkpoint;
import dev.persistence.history.oracle.History;
import dev.persistence.history.oracle.LifeEnd;
import dev.persistence.history.oracle.Outcome;
import dev.persistence.history.oracle.Sending;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** What the clients of one history saw. Any thread. */
public final class Notebook {

    private final Queue<Sending> sendings = new ConcurrentLinkedQueue<>();
    private final Queue<Checkpoint> checkpoints = new ConcurrentLinkedQueue<>();
    private final Queue<LifeEnd> ends = new ConcurrentLinkedQueue<>();
    private final Queue<Set<String>> snapshots = new ConcurrentLinkedQueue<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final Set<Integer> probes = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Sending.Life> poisonSent = new ConcurrentLinkedQueue<>();
    private final Queue<Sending.Life> poisonRefused = new ConcurrentLinkedQueue<>();

    int newConnection(boolean probe) {
        int connection = connections.incrementAndGet();
        if (probe) {
            probes.add(connection);
        }
        return connection;
    }

    void sent(Sending sending) {
        sendings.add(sending);
        count.incrementAndGet();
    }

    /** Records sent so far. */
    public int count() {
        return count.get();
    }

    public void ended(LifeEnd end) {
        ends.add(end);
    }

    public void snapshot(Set<String> keys) {
        snapshots.add(keys);
    }

    /** Something that must not happen, whatever the table holds: an answer that the contract does not know, a hang. */
    public void surprise(String words) {
        surprises.add(words);
    }

    public List<String> surprises() {
        return List.copyOf(surprises);
    }

    void poisonSent(Sending.Life life) {
        poisonSent.add(life);
    }

    void poisonRefused(Sending.Life life) {
        poisonRefused.add(life);
    }

    /** Records of one process that the database refused, at most; its statistics count them with the lost ones. */
    private int refusedAtMost(Sending.Life life) {
        return Collections.frequency(poisonSent, life);
    }

    /** The same, at least. */
    private int refusedAtLeast(Sending.Life life) {
        return Collections.frequency(poisonRefused, life);
    }

    /**
     * Asks for the statistics and draws from them what is settled and lost. Must be asked before anything else is: what
     * was refused before counts.
     *
     * @param barrier the moment before which all answered records are known to be settled, or 0
     */
    public WireClient.Answer checkpoint(WireClient client, Sending.Life life, long barrier) throws java.io.IOException {
        long asked = dev.persistence.history.oracle.Micros.now();
        int refusedAtLeast = refusedAtLeast(life);
        WireClient.Answer stats = client.ask("GET", "stats");
        long read = dev.persistence.history.oracle.Micros.now();
        long failed = stats.number("total_sessions_failed") + stats.number("total_tasks_failed");
        checkpoints.add(new Checkpoint(
                life,
                Math.max(barrier, settledBefore(asked, stats)),
                asked,
                read,
                Math.max(0, failed - refusedAtMost(life)),
                Math.max(0, failed - refusedAtLeast),
                stats.number("total_count")));
        return stats;
    }

    /** Requests that arrive at once may swap places between their claim and their time; so the age counts with a margin. */
    private static long settledBefore(long asked, WireClient.Answer stats) {
        long oldest = stats.number("oldest_unwritten_ms");
        return stats.number("total_count") == 0 ? asked : oldest > 0 ? asked - 1000 * (oldest + 250) : 0;
    }

    public History history() {
        return new History(
                List.copyOf(sendings), List.copyOf(checkpoints), List.copyOf(ends), List.copyOf(snapshots), probes);
    }

    /** Records that the process said it had. */
    public long taken(Sending.Life life) {
        return count(life, Outcome::taken);
    }

    /** Records of which nobody knows whether the process took them. */
    public long uncertain(Sending.Life life) {
        return count(life, outcome -> outcome == Outcome.UNKNOWN) + refusedAtMost(life) - refusedAtLeast(life);
    }

    private long count(Sending.Life life, Predicate<Outcome> outcome) {
        return sendings.stream()
                .filter(sending -> sending.life().equals(life) && outcome.test(sending.outcome()))
                .count();
    }
}
