package dev.persistence.telemetry.jmx;

import com.codahale.metrics.jmx.JmxReporter;
import dev.persistence.telemetry.registry.Family;
import dev.persistence.telemetry.registry.Registry;
import java.util.concurrent.TimeUnit;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Publishes every figure of a registry over JMX, also those that are made later; distributions of times in milliseconds. */
public final class FigureBeans implements AutoCloseable {

    private static final String DOMAIN = "persistence";

    private final JmxReporter reporter;

    private FigureBeans(JmxReporter reporter) {
        this.reporter = reporter;
    }

    /** Publishes them. Where another service of the process has published the same, its beans stay. */
    public static FigureBeans publish(Registry registry) {
        String build = "name=" + Family.BUILD.jmxName() + ","; // an attribute of the service's own bean
        JmxReporter reporter = JmxReporter.forRegistry(registry.metrics())
                .inDomain(DOMAIN)
                .convertDurationsTo(TimeUnit.MILLISECONDS)
                .filter((name, metric) -> !name.contains(build))
                .createsObjectNamesWith((type, domain, name) -> objectName(domain + ":" + name))
                .build();
        reporter.start();
        return new FigureBeans(reporter);
    }

    private static ObjectName objectName(String name) {
        try {
            return new ObjectName(name);
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException("not an object name: " + name, impossible);
        }
    }

    /** Takes them out of JMX. */
    @Override
    public void close() {
        reporter.close();
    }
}
