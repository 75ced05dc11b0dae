package dev.persistence.telemetry.registry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.management.ObjectName;

/**
 * One Dropwizard registry whose figures all belong to a {@link Family}. Each is registered under the key properties of
 * its JMX object name, which name family and labels without ambiguity. Any thread.
 */
public final class Registry {

    private final MetricRegistry metrics = new MetricRegistry();
    private final Map<String, Figure> figures = new ConcurrentHashMap<>();

    /**
     * One figure.
     *
     * @param labels values of the family's labels, in their order
     * @param metric what is counted; its Dropwizard type follows from the family's kind
     */
    public record Figure(Family family, List<String> labels, Metric metric) {}

    /** A counter, made where it does not exist. */
    Counter counter(Family family, String... labels) {
        return (Counter) figure(family, List.of(labels), Counter::new).metric();
    }

    /** A distribution of times, made where it does not exist; to be updated with nanoseconds. */
    Timer times(Family family, String... labels) {
        return (Timer) figure(family, List.of(labels), () -> new Timer(new BucketReservoir(Buckets.TIMES)))
                .metric();
    }

    /** A distribution of counts, made where it does not exist. */
    Histogram counts(Family family, String... labels) {
        return (Histogram) figure(family, List.of(labels), () -> new Histogram(new BucketReservoir(Buckets.COUNTS)))
                .metric();
    }

    /** Publishes a value that somebody else keeps; in base units. */
    public void gauge(Family family, Supplier<? extends Number> value, String... labels) {
        figure(family, List.of(labels), () -> (Gauge<Number>) value::get);
    }

    /** Publishes a number that somebody else counts, and that only grows. */
    public void counter(Family family, LongSupplier count, String... labels) {
        figure(family, List.of(labels), () -> new Counter() {
            @Override
            public long getCount() {
                return count.getAsLong();
            }
        });
    }

    private Figure figure(Family family, List<String> labels, Supplier<Metric> metric) {
        String name = name(family, labels);
        Figure known = figures.get(name);
        return known != null
                ? known
                : figures.computeIfAbsent(name, absent -> {
                    Figure figure = new Figure(family, labels, metric.get());
                    metrics.register(name, figure.metric());
                    return figure;
                });
    }

    private static String name(Family family, List<String> labels) {
        if (labels.size() != family.labels().size()) {
            throw new IllegalArgumentException(family + " has the labels " + family.labels() + ", not " + labels);
        }
        StringBuilder name = new StringBuilder("type=" + family.group() + ",name=" + family.jmxName());
        for (int label = 0; label < labels.size(); label++) {
            String key = family.labels().get(label);
            name.append(',')
                    .append(key.equals("type") ? "record" : key)
                    .append('=')
                    .append(quoted(labels.get(label)));
        }
        return name.toString();
    }

    /** As it may stand in an object name. */
    private static String quoted(String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> ",=:\"*?\n".indexOf(c) >= 0);
        return plain ? value : ObjectName.quote(value);
    }

    /** All figures. */
    public Collection<Figure> figures() {
        return new ArrayList<>(figures.values());
    }

    /** The library's own view, for its reporters. */
    public MetricRegistry metrics() {
        return metrics;
    }
}
