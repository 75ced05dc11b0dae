package dev.persistence.batch;

import java.time.Duration;

/** The thread {@code batch-writer}, on which one consumer runs from the start of the service to its end. */
public final class WriterThread implements AutoCloseable {

    private final BatchConsumer consumer;
    private final Thread thread;

    private WriterThread(BatchConsumer consumer) {
        this.consumer = consumer;
        this.thread = new Thread(consumer, "batch-writer");
        thread.setDaemon(true); // a database that hangs must not keep a process from ending that has said what it lost
    }

    public static WriterThread start(BatchConsumer consumer) {
        WriterThread writer = new WriterThread(consumer);
        writer.thread.start();
        return writer;
    }

    /**
     * Writes everything published and ends the thread. Nobody may publish any more. What is not written in time is
     * abandoned, for the caller to report.
     *
     * @return whether it ended in time
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        return drain(timeout, Duration.ZERO);
    }

    /**
     * Like {@link #drain(Duration)}, where the store has something left to do with what it cannot write.
     *
     * @param timeout how long writing may take; then the store is asked to give up
     * @param afterwards how long that may take; zero abandons what is left at once
     */
    public boolean drain(Duration timeout, Duration afterwards) throws InterruptedException {
        consumer.drain();
        thread.join(Math.max(1, timeout.toMillis()));
        if (thread.isAlive() && !afterwards.isZero()) {
            consumer.giveUp();
            thread.join(Math.max(1, afterwards.toMillis()));
        }
        if (thread.isAlive()) {
            consumer.abandon();
            return false;
        }
        return true;
    }

    /** Asks the thread to end, where {@link #drain} did not come to it, and does not wait. */
    @Override
    public void close() {
        consumer.drain();
    }
}
