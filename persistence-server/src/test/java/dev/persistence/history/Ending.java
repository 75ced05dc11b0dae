package dev.persistence.history;

import dev.persistence.history.client.Notebook;
import dev.persistence.history.client.WireClient;
import dev.persistence.history.oracle.Micros;
import dev.persistence.history.oracle.Sending;
import java.io.IOException;
import java.util.List;

/** What the services of a history must be able to do once its faults are over; what they cannot is noted. */
public final class Ending {

    private static final int FLUSH_ATTEMPTS = 60;

    private final List<Instance> instances;
    private final Notebook notes;
    private final boolean alone;

    /** @param alone whether only the clients of this history ever sent to them */
    public Ending(List<Instance> instances, Notebook notes, boolean alone) {
        this.instances = List.copyOf(instances);
        this.notes = notes;
        this.alone = alone;
    }

    /** Everything is whole again: a flush must succeed, and then nothing is left in memory. */
    public void settle() throws IOException, InterruptedException {
        for (Instance instance : instances) {
            try (WireClient client = instance.direct()) {
                long asked = Micros.now();
                WireClient.Answer flushed = client.ask("POST", "flush");
                for (int attempt = 1; flushed.status() != 200 && attempt < FLUSH_ATTEMPTS; attempt++) {
                    Thread.sleep(100);
                    asked = Micros.now();
                    flushed = client.ask("POST", "flush");
                }
                if (flushed.status() != 200) {
                    notes.surprise("no flush succeeds at " + instance.life() + ": " + flushed);
                }
                WireClient.Answer stats = notes.checkpoint(client, instance.life(), asked);
                if (alone) {
                    checkLedger(instance.life(), stats);
                }
            }
        }
    }

    /** Stops the services in order, which must succeed now. */
    public void stop() {
        for (Instance instance : instances) {
            if (instance.term(notes) != 0) {
                notes.surprise("the last stop of " + instance.life() + " was not in order:\n"
                        + instance.process().text());
            }
        }
    }

    /** For a process to which only the clients of this history ever sent. */
    private void checkLedger(Sending.Life life, WireClient.Answer stats) {
        long settled = stats.number("total_sessions_written")
                + stats.number("total_tasks_written")
                + stats.number("total_sessions_failed")
                + stats.number("total_tasks_failed");
        long taken = notes.taken(life);
        long unknown = notes.uncertain(life);
        if (settled < taken || settled > taken + unknown) {
            notes.surprise("the ledger of " + life + " has " + settled + " records settled; clients know of " + taken
                    + ", and " + unknown + " more may have arrived");
        }
        boolean empty = stats.number("total_count") == 0
                && stats.number("unwritten_bytes") == 0
                && stats.number("ring_remaining") == stats.number("ring_size");
        if (!empty) {
            notes.surprise("something is left in memory after the flush: " + stats);
        }
    }
}
