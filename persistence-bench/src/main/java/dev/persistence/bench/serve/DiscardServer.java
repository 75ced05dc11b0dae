package dev.persistence.bench.serve;

import dev.persistence.StationSettings;
import dev.persistence.batch.BatchConsumer;
import dev.persistence.batch.WriterThread;
import dev.persistence.http.HttpServer;
import dev.persistence.http.endpoint.RecordFlow;
import dev.persistence.http.endpoint.ServiceInfo;
import dev.persistence.http.security.Security;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.telemetry.Exposition;
import dev.persistence.telemetry.registry.Instruments;
import dev.persistence.telemetry.registry.Registry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * The service with a store that discards: everything up to the database, thresholds, merging and acknowledgements
 * included. With a delay, each flush takes that long, as on a slow database.
 */
public final class DiscardServer implements Server {

    private static final Duration DRAIN = Duration.ofSeconds(1); // nothing is lost with what is discarded

    private final HttpServer http;
    private final Consumer consumer;

    private DiscardServer(HttpServer http, Consumer consumer) {
        this.http = http;
        this.consumer = consumer;
    }

    /** What takes the records off the ring. */
    private interface Consumer {
        void drain() throws InterruptedException;
    }

    /** Starts it; {@code flushDelay} is what each flush takes at least. */
    public static DiscardServer start(StationSettings settings, Duration flushDelay) {
        Instruments metrics = new Instruments(new Registry(), settings.types().names(), InstantSource.system());
        ArrivalClock clock = ArrivalClock.system();
        RecordRing ring = settings.newRing(clock);
        WriterThread writer = WriterThread.start(new BatchConsumer(
                ring, settings.types(), new DiscardingStore(flushDelay), settings.buffer(), clock, metrics));
        return new DiscardServer(listening(settings, ring, clock, metrics), () -> writer.drain(DRAIN));
    }

    /** The same with a consumer that frees the slots at once, gathering nothing: HTTP, decoder and ring alone. */
    public static DiscardServer startWithoutBatches(StationSettings settings) {
        Instruments metrics = new Instruments(new Registry(), settings.types().names(), InstantSource.system());
        ArrivalClock clock = ArrivalClock.system();
        RecordRing ring = settings.newRing(clock);
        DiscardingConsumer consumer = DiscardingConsumer.start(ring);
        return new DiscardServer(listening(settings, ring, clock, metrics), consumer::stop);
    }

    private static HttpServer listening(
            StationSettings settings, RecordRing ring, ArrivalClock clock, Instruments metrics) {
        HttpServer http = new HttpServer(
                settings.http(),
                new RecordFlow(settings.types(), ring, clock, metrics, metrics.totals()),
                () -> CompletableFuture.completedFuture(true),
                Exposition.NONE,
                new ServiceInfo(
                        "discard",
                        settings.buffer().maxBufferSize(),
                        settings.buffer().flushInterval()),
                Security.none());
        http.start();
        return http;
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
            consumer.drain();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
