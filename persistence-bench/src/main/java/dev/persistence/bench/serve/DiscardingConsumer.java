package dev.persistence.bench.serve;

import dev.persistence.ring.RecordRing;

/** Takes records off the ring and frees their slots at once, on a thread of its own. */
final class DiscardingConsumer implements Runnable {

    private final RecordRing ring;
    private final RecordRing.Consumer end;
    private final Thread thread = new Thread(this, "discard");
    private volatile boolean stopped;

    private DiscardingConsumer(RecordRing ring) {
        this.ring = ring;
        this.end = ring.consumer();
    }

    static DiscardingConsumer start(RecordRing ring) {
        DiscardingConsumer consumer = new DiscardingConsumer(ring);
        consumer.thread.start();
        return consumer;
    }

    @Override
    public void run() {
        try {
            for (long next = end.settled() + 1; !stopped; next = end.settled() + 1) {
                long last = end.await(next);
                if (last >= next) {
                    end.settle(last);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        ring.wakeConsumer();
        thread.join();
    }
}
