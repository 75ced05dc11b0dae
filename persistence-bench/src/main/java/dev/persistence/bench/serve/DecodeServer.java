package dev.persistence.bench.serve;

import dev.persistence.StationSettings;
import dev.persistence.http.BareListener;
import dev.persistence.http.HttpSettings;
import dev.persistence.http.endpoint.DecodeEndpoint;
import dev.persistence.http.endpoint.EndpointSettings;
import dev.persistence.http.endpoint.Router;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.telemetry.registry.Instruments;
import dev.persistence.telemetry.registry.Registry;
import java.time.InstantSource;

/** The service without ring and writer: requests are received, decoded, checked, and answered with 202. */
public final class DecodeServer implements Server {

    private final BareListener listener;

    private DecodeServer(BareListener listener) {
        this.listener = listener;
    }

    public static DecodeServer start(StationSettings settings) {
        Instruments metrics = new Instruments(new Registry(), settings.types().names(), InstantSource.system());
        HttpSettings http = settings.http();
        EndpointSettings endpoints = new EndpointSettings(
                http.maxRequestBytes(), http.maxRecordsPerRequest(), http.flushTimeout(), http.naiveTimeZone(), false);
        Router router = DecodeEndpoint.routes(settings.types(), endpoints, ArrivalClock.system(), metrics);
        return new DecodeServer(BareListener.start(http, metrics, router));
    }

    @Override
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }
}
