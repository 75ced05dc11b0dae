package dev.persistence.bench.serve;

import com.codahale.metrics.MetricRegistry;
import dev.persistence.StationSettings;
import dev.persistence.batch.BatchConsumer;
import dev.persistence.batch.BufferSettings;
import dev.persistence.batch.WriterThread;
import dev.persistence.http.HttpServer;
import dev.persistence.http.endpoint.RecordFlow;
import dev.persistence.http.endpoint.ServiceInfo;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.telemetry.DropwizardMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * The service with a store that discards: everything up to the database, thresholds, merging and acknowledgements
 * included. With a delay, each flush takes that long, as on a slow database.
 */
public final class DiscardServer implements Server {

    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final HttpServer http;
    private final WriterThread writer;
    private final DropwizardMetrics metrics;

    private DiscardServer(HttpServer http, WriterThread writer, DropwizardMetrics metrics) {
        this.http = http;
        this.writer = writer;
        this.metrics = metrics;
    }

    /** Starts it; {@code flushDelay} is what each flush takes at least. */
    public static DiscardServer start(StationSettings settings, Duration flushDelay) {
        DropwizardMetrics metrics =
                new DropwizardMetrics(new MetricRegistry(), settings.types().names(), InstantSource.system());
        ArrivalClock clock = ArrivalClock.system();
        BufferSettings buffer = settings.buffer();
        RecordRing ring = settings.newRing(clock);
        BatchConsumer consumer =
                new BatchConsumer(ring, settings.types(), new DiscardingStore(flushDelay), buffer, clock, metrics);
        HttpServer http = new HttpServer(
                settings.http(),
                new RecordFlow(settings.types(), ring, clock, metrics, metrics),
                () -> CompletableFuture.completedFuture(true),
                new ServiceInfo("discard", buffer.maxBufferSize(), buffer.flushInterval()));
        http.start();
        return new DiscardServer(http, WriterThread.start(consumer), metrics);
    }

    @Override
    public int port() {
        return http.port();
    }

    /** Stops in the service's order: no publisher is left when the ring is drained. */
    @Override
    public void close() {
        http.beginDraining();
        http.close();
        try {
            writer.drain(DRAIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            metrics.close();
        }
    }
}
