package dev.persistence.telemetry.prometheus;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** What the JVM and its process tell. Once a process: it listens to the garbage collectors and never stops to. */
final class JvmFigures {

    private static final PrometheusRegistry REGISTRY = new PrometheusRegistry();

    static {
        JvmMetrics.builder().register(REGISTRY);
    }

    private JvmFigures() {}

    static MetricSnapshots snapshots() {
        return REGISTRY.scrape();
    }
}
