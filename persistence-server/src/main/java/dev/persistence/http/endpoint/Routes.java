package dev.persistence.http;

import dev.persistence.decode.BatchDecoder;
import dev.persistence.schema.RecordType;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** All routes of the service. */
final class Routes {

    private Routes() {}

    static Router of(
            HttpSettings settings,
            RecordFlow flow,
            DatabaseHealth database,
            ServiceInfo info,
            BooleanSupplier draining) {
        FastThreadLocal<BatchDecoder> decoders = decoders(settings, flow);
        Map<String, Route> routes = new LinkedHashMap<>();
        for (RecordType type : flow.types()) {
            routes.put(
                    Router.batchPath(type.name()),
                    Route.post(
                            "batch." + type.name(),
                            new BatchEndpoint(type, flow, decoders, settings.maxRequestBytes())));
        }
        routes.put(Router.API + "flush", Route.post("flush", new FlushEndpoint(flow, settings.flushTimeout())));
        routes.put(Router.API + "stats", Route.get("stats", new StatsEndpoint(flow, info)));
        routes.put("/health", Route.get("health", new HealthEndpoint(flow, database, draining)));
        routes.put("/health/live", Route.get("live", LifeEndpoint.live()));
        routes.put("/health/ready", Route.get("ready", LifeEndpoint.ready(draining)));
        routes.put("/", Route.get("root", FixedEndpoint.root(info)));
        routes.put(
                "/openapi.json", Route.get("openapi", FixedEndpoint.json(new OpenApi(flow.types(), settings, info))));
        return new Router(routes, flow.types());
    }

    /** One decoder an event loop: it keeps scratch space from request to request. */
    private static FastThreadLocal<BatchDecoder> decoders(HttpSettings settings, RecordFlow flow) {
        return new FastThreadLocal<>() {
            @Override
            protected BatchDecoder initialValue() {
                return new BatchDecoder(flow.types(), settings.naiveTimeZone(), settings.maxRecordsPerRequest());
            }
        };
    }
}
