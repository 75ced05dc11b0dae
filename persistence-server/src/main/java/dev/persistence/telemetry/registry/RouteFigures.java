package dev.persistence.telemetry.registry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Answers by route and status, found without making anything for a request. */
final class RouteFigures {

    private static final int STATUSES = 600;

    private final Registry registry;
    private final Map<String, OfRoute> routes = new ConcurrentHashMap<>();

    RouteFigures(Registry registry) {
        this.registry = registry;
    }

    void answered(String route, int status, long nanos) {
        OfRoute known = routes.get(route);
        OfRoute figures = known == null ? routes.computeIfAbsent(route, OfRoute::new) : known;
        figures.answered(status, nanos);
    }

    private final class OfRoute {
        private final String route;
        private final Timer time;
        private final AtomicReferenceArray<Counter> byStatus = new AtomicReferenceArray<>(STATUSES);

        OfRoute(String route) {
            this.route = route;
            this.time = registry.times(Family.HTTP_RESPONSE_TIME, route);
        }

        void answered(int status, long nanos) {
            time.update(nanos, TimeUnit.NANOSECONDS);
            Counter counter = byStatus.get(status);
            if (counter == null) {
                counter = registry.counter(Family.HTTP_REQUESTS, route, Integer.toString(status));
                byStatus.set(status, counter);
            }
            counter.inc();
        }
    }
}
