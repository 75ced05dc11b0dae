package dev.persistence.http.endpoint;

import dev.persistence.decode.BatchDecoder;
import dev.persistence.http.openapi.OpenApi;
import dev.persistence.http.openapi.Paths;
import dev.persistence.http.security.Right;
import dev.persistence.schema.RecordType;
import dev.persistence.telemetry.Exposition;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** All routes of the service. */
public final class Routes {

    private Routes() {}

    /**
     * Every path with what is behind it.
     *
     * @param draining whether the service is stopping; asked by event loops
     */
    public static Router of(
            EndpointSettings settings,
            RecordFlow flow,
            DatabaseHealth database,
            Exposition exposition,
            ServiceInfo info,
            BooleanSupplier draining) {
        FastThreadLocal<BatchDecoder> decoders = decoders(settings, flow);
        OpenApi document = new OpenApi(
                flow.types(),
                info.version(),
                settings.maxRequestBytes(),
                settings.maxRecordsPerRequest(),
                settings.needsTokens());
        Map<String, Route> routes = new HashMap<>();
        for (RecordType type : flow.types()) {
            Endpoint batch = new BatchEndpoint(type, flow, decoders, settings.maxRequestBytes());
            routes.put(
                    Paths.batch(type.name()),
                    Route.post(BatchEndpoint.label(type), batch).needing(Right.WRITE));
        }
        routes.put(
                Paths.FLUSH,
                Route.post("flush", new FlushEndpoint(flow, settings.flushTimeout()))
                        .needing(Right.FLUSH));
        routes.put(
                Paths.STATS, Route.get("stats", new StatsEndpoint(flow, info)).needing(Right.READ));
        routes.put(
                Paths.STATUS,
                Route.get("status", new StatusEndpoint(flow, info, database, draining))
                        .needing(Right.READ));
        routes.put(
                Paths.METRICS,
                Route.get("metrics", new MetricsEndpoint(exposition)).needing(Right.READ));
        routes.put(Paths.HEALTH, Route.get("health", new HealthEndpoint(flow, database, draining)));
        routes.put(Paths.LIVE, Route.get("live", LifeEndpoint.live()));
        routes.put(Paths.READY, Route.get("ready", LifeEndpoint.ready(draining)));
        routes.put(Paths.ROOT, Route.get("root", new RootEndpoint(info)));
        routes.put(
                Paths.OPEN_API,
                Route.get("openapi", FixedEndpoint.json(document)).needing(Right.READ));
        return new Router(routes, flow.types());
    }

    /** One decoder an event loop: it keeps scratch space from request to request. */
    private static FastThreadLocal<BatchDecoder> decoders(EndpointSettings settings, RecordFlow flow) {
        return new FastThreadLocal<>() {
            @Override
            protected BatchDecoder initialValue() {
                return new BatchDecoder(flow.types(), settings.naiveTimeZone(), settings.maxRecordsPerRequest());
            }
        };
    }
}
