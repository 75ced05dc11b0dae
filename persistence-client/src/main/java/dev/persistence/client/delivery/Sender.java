package dev.persistence.client.delivery;

import dev.persistence.client.buffer.Batch;
import dev.persistence.client.buffer.Buffer;
import dev.persistence.client.buffer.Changes;
import dev.persistence.client.buffer.Drop;
import dev.persistence.client.buffer.Outcome;
import dev.persistence.client.http.ServiceConnection;
import dev.persistence.client.measure.DropReason;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * The one thread that sends what waits, a request at a time: so the order of a key's records is kept. It also says what was
 * dropped, and calls the hooks, so that threads that send records do neither. Any thread starts and stops it.
 */
public final class Sender {

    /** Between two warnings, at least. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    /** For what is left to do after the time-out of a stop: to give up the request and count what waits. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Buffer buffer;
    private final Delivery delivery;
    private final Hooks hooks;
    private final Warnings warnings;
    private final System.Logger logger;
    private final Duration requestTimeout;
    private final Thread thread = new Thread(this::run, "persistence-client");
    private volatile long
            stopAt; // ticks by which it has to end, valid once the buffer is closed; set by who stops it first

    /** @param requestTimeout for each request, all of it */
    public Sender(
            Buffer buffer, ServiceConnection service, Duration requestTimeout, Hooks hooks, System.Logger logger) {
        this.buffer = buffer;
        this.delivery = new Delivery(service, this::timeout);
        this.requestTimeout = requestTimeout;
        this.hooks = hooks;
        this.logger = logger;
        this.warnings = new Warnings(QUIET, System::nanoTime, this::warn);
        thread.setDaemon(true);
    }

    private void warn(String words) {
        try {
            logger.log(Level.WARNING, words);
        } catch (RuntimeException brokenLogger) {
            return; // there is nowhere to say it, and records are to be sent all the same
        }
    }

    /** Once. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted() && !buffer.isClosed()) {
                buffer.awaitWork(warnings.nanosUntilDue());
                sendDue();
            }
            sendDue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt(); // the time of the stop is over
        } finally {
            buffer.close(); // even if this ends by an error: what comes is counted
            buffer.dropWaiting(DropReason.CLOSED, "not sent before the client closed");
            report();
            warnings.sayRest();
        }
    }

    /** Sends until nothing is due any more. */
    private void sendDue() {
        report();
        while (!isOver()) {
            Batch batch = buffer.take();
            if (batch == null) {
                return;
            }
            buffer.settle(batch, deliver(batch));
            report();
        }
    }

    private boolean isOver() {
        return Thread.currentThread().isInterrupted() || timeout().isNegative();
    }

    private Duration timeout() {
        if (!buffer.isClosed()) {
            return requestTimeout;
        }
        Duration left = Duration.ofNanos(stopAt - System.nanoTime());
        return left.compareTo(requestTimeout) < 0 ? left : requestTimeout;
    }

    /** Whatever happens to one batch, the next one is sent. */
    private Outcome deliver(Batch batch) {
        try {
            return delivery.deliver(batch);
        } catch (RuntimeException | Error failed) {
            logger.log(Level.ERROR, "a request of " + batch.size() + " " + batch.type() + " failed", failed);
            return Outcome.dropped(new Drop(
                    batch.type(),
                    batch.size(),
                    DropReason.FAILED,
                    failed.getClass().getSimpleName()));
        }
    }

    private void report() {
        Changes changes = buffer.takeChanges();
        hooks.report(changes);
        warnings.add(changes.drops());
        warnings.sayIfDue();
    }

    /**
     * Closes the buffer, sends what waits as long as there is time, and drops the rest. Returns when it has ended; where the
     * caller is interrupted, it ends at once.
     */
    public void stop(Duration timeout) {
        synchronized (this) {
            if (!buffer.isClosed()) {
                stopAt = System.nanoTime() + timeout.toNanos();
                buffer.close();
            }
        }
        if (Thread.currentThread() == thread) { // called by a hook: it ends when the hook returns
            return;
        }
        try {
            thread.join(Math.max(1, (stopAt - System.nanoTime()) / 1_000_000));
            thread.interrupt();
            thread.join(GRACE.toMillis());
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
