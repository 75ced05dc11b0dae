package dev.persistence.bench.serve;

import com.codahale.metrics.MetricRegistry;
import dev.persistence.StationSettings;
import dev.persistence.http.BareListener;
import dev.persistence.http.HttpSettings;
import dev.persistence.http.endpoint.DecodeEndpoint;
import dev.persistence.http.endpoint.EndpointSettings;
import dev.persistence.http.endpoint.Router;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.telemetry.DropwizardMetrics;
import java.time.InstantSource;

/** The service without ring and writer: requests are received, decoded, checked, and answered with 202. */
public final class DecodeServer implements Server {

    private final BareListener listener;
    private final DropwizardMetrics metrics;

    private DecodeServer(BareListener listener, DropwizardMetrics metrics) {
        this.listener = listener;
        this.metrics = metrics;
    }

    public static DecodeServer start(StationSettings settings) {
        DropwizardMetrics metrics =
                new DropwizardMetrics(new MetricRegistry(), settings.types().names(), InstantSource.system());
        HttpSettings http = settings.http();
        EndpointSettings endpoints = new EndpointSettings(
                http.maxRequestBytes(), http.maxRecordsPerRequest(), http.flushTimeout(), http.naiveTimeZone(), false);
        Router router = DecodeEndpoint.routes(settings.types(), endpoints, ArrivalClock.system(), metrics);
        return new DecodeServer(BareListener.start(http, metrics, router), metrics);
    }

    @Override
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
        metrics.close();
    }
}
