package dev.persistence.telemetry.prometheus;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Sampling;
import dev.persistence.telemetry.registry.BucketSnapshot;
import dev.persistence.telemetry.registry.Family;
import dev.persistence.telemetry.registry.Registry;
import dev.persistence.telemetry.registry.Registry.Figure;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns the figures of a registry into Prometheus' model. */
final class Snapshots {

    private Snapshots() {}

    /** All figures as they are now, those of one family together. */
    static List<MetricSnapshot> of(Registry registry) {
        Map<Family, List<Figure>> families = registry.figures().stream()
                .collect(Collectors.groupingBy(Figure::family, TreeMap::new, Collectors.toList()));
        return families.entrySet().stream()
                .map(family -> snapshot(family.getKey(), family.getValue()))
                .toList();
    }

    private static MetricSnapshot snapshot(Family family, List<Figure> figures) {
        MetricMetadata metadata = metadata(family);
        return switch (family.kind()) {
            case COUNTER -> new CounterSnapshot(metadata, points(figures, Snapshots::count));
            case GAUGE -> new GaugeSnapshot(metadata, points(figures, Snapshots::value));
            case TIMES, COUNTS -> new HistogramSnapshot(metadata, points(figures, Snapshots::distribution));
            case INFO ->
                new InfoSnapshot(metadata, points(figures, figure -> new InfoDataPointSnapshot(labels(figure))));
        };
    }

    private static <T> List<T> points(List<Figure> figures, Function<Figure, T> point) {
        return figures.stream().map(point).toList();
    }

    private static MetricMetadata metadata(Family family) {
        String name = family.prometheusName();
        if (name.endsWith("_seconds")) {
            return new MetricMetadata(name, family.help(), Unit.SECONDS);
        }
        return name.endsWith("_bytes")
                ? new MetricMetadata(name, family.help(), Unit.BYTES)
                : new MetricMetadata(name, family.help());
    }

    private static CounterDataPointSnapshot count(Figure figure) {
        return new CounterDataPointSnapshot(((Counting) figure.metric()).getCount(), labels(figure), null, 0);
    }

    private static GaugeDataPointSnapshot value(Figure figure) {
        Number value = (Number) ((Gauge<?>) figure.metric()).getValue();
        return new GaugeDataPointSnapshot(value.doubleValue(), labels(figure), null);
    }

    private static HistogramDataPointSnapshot distribution(Figure figure) {
        BucketSnapshot seen = (BucketSnapshot) ((Sampling) figure.metric()).getSnapshot();
        double[] bounds =
                seen.bounds().stream().mapToDouble(Double::doubleValue).toArray();
        return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, seen.counts()))
                .sum(seen.sum())
                .labels(labels(figure))
                .build();
    }

    private static Labels labels(Figure figure) {
        return Labels.of(figure.family().labels(), figure.labels());
    }
}
