package dev.persistence.client.delivery;

import dev.persistence.client.buffer.Changes;
import dev.persistence.client.http.ServiceConnection;
import dev.persistence.client.measure.ClientMetrics;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the user's metrics what happened. What they throw is logged once, and changes nothing. Any thread. */
public final class Hooks implements ServiceConnection.RequestObserver {

    private final ClientMetrics metrics;
    private final System.Logger logger;
    private final AtomicBoolean failedBefore = new AtomicBoolean();

    /** Of one client. */
    public Hooks(ClientMetrics metrics, System.Logger logger) {
        this.metrics = metrics;
        this.logger = logger;
    }

    @Override
    public void requested(String path, int status, Duration time) {
        safely(() -> metrics.requested(path, status, time));
    }

    void report(Changes changes) {
        safely(() -> {
            changes.accepted().forEach(metrics::accepted);
            changes.sent().forEach(metrics::sent);
            changes.drops().forEach(drop -> metrics.dropped(drop.type(), drop.records(), drop.reason()));
        });
    }

    private void safely(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException | Error broken) {
            if (!failedBefore.getAndSet(true)) {
                logger.log(Level.WARNING, "a metrics hook failed; this is said once, and it is called again", broken);
            }
        }
    }
}
