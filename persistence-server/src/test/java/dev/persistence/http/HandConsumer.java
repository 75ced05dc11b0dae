package dev.persistence.http;

import static org.awaitility.Awaitility.await;

import dev.persistence.ring.Mark;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.Refusal;
import dev.persistence.ring.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The consumer of the ring, moved by hand by the test's thread. */
final class HandConsumer {

    private final RecordRing.Consumer end;

    HandConsumer(RecordRing ring) {
        this.end = ring.consumer();
    }

    /** Waits for a request that asks for a flush or for its records to be written. */
    Mark awaitMark() {
        return await().atMost(20, TimeUnit.SECONDS).until(end::nextMark, mark -> mark != null);
    }

    /** Whether nobody asks for anything. */
    boolean noMark() {
        return end.nextMark() == null;
    }

    int published() throws InterruptedException {
        long next = end.settled() + 1;
        long last = end.await(next);
        if (last < next) {
            last = end.await(next); // the first was a wake-up
        }
        return (int) (last - next + 1);
    }

    /** Everything is committed, save for these. */
    void write(Mark mark, List<Refusal> refusals) {
        settle(mark, refusals, false);
    }

    /** Everything is lost. */
    void lose(Mark mark) {
        settle(mark, List.of(), true);
    }

    private void settle(Mark mark, List<Refusal> refusals, boolean lost) {
        long first = end.settled() + 1;
        long last = end.claimed();
        List<Long> written = new ArrayList<>(List.of(0L, 0L));
        for (long sequence = first; sequence <= last && !lost; sequence++) {
            int type = end.slot(sequence).type().ordinal();
            written.set(type, written.get(type) + 1);
        }
        if (last >= first) {
            mark.settled(new Settled(first, last, written, refusals, lost ? last - first + 1 : 0));
            end.settle(last);
        }
        mark.complete(System.nanoTime());
    }
}
