package dev.persistence.tracing.export;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which request put which records onto the ring, beside the ring and only while tracing is on. Event loops add, each before
 * its records are published; the writer thread takes. Of a bounded size: what is beyond is counted and not kept.
 *
 * @param <C> what is known of a request
 */
final class CarriedRequests<C> {

    /** The records of one request. */
    private record Carried<C>(long first, long last, C request) {}

    /**
     * The requests of one flush.
     *
     * @param requests as many as were asked for at most, the earliest
     * @param omitted how many there were beside these, as far as is known
     */
    record Taken<C>(List<C> requests, long omitted) {}

    private final int capacity;
    private final Queue<Carried<C>> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicLong missed = new AtomicLong();

    // Owned by the writer thread.
    private final List<Carried<C>> waiting = new ArrayList<>();

    CarriedRequests(int capacity) {
        this.capacity = capacity;
    }

    /** A request is about to publish the records from {@code first} to {@code last}. Event loops; never waits. */
    void add(long first, long last, C request) {
        if (kept.incrementAndGet() > capacity) {
            kept.decrementAndGet();
            missed.incrementAndGet();
            return;
        }
        arrived.add(new Carried<>(first, last, request));
    }

    /**
     * The requests with a record up to {@code last}; records before these are settled already. A request whose records go
     * on behind {@code last} is in the next flush, too. Writer thread.
     */
    Taken<C> take(long last, int most) {
        for (Carried<C> next = arrived.poll(); next != null; next = arrived.poll()) {
            waiting.add(next);
        }
        List<C> requests = new ArrayList<>();
        long omitted = missed.getAndSet(0);
        for (Iterator<Carried<C>> each = waiting.iterator(); each.hasNext(); ) {
            Carried<C> carried = each.next();
            if (carried.first() > last) {
                continue; // event loops overtake each other between their claim and this queue
            }
            if (requests.size() < most) {
                requests.add(carried.request());
            } else {
                omitted++;
            }
            if (carried.last() <= last) {
                each.remove();
                kept.decrementAndGet();
            }
        }
        return new Taken<>(requests, omitted);
    }
}
