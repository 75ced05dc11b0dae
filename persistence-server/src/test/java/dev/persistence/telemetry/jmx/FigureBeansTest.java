package dev.persistence.telemetry.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.registry.Family;
import dev.persistence.telemetry.registry.Instruments;
import dev.persistence.telemetry.registry.Registry;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FigureBeansTest {

    private final Registry registry = new Registry();
    private final Instruments metrics =
            new Instruments(registry, List.of("alpha", "odd,name=*"), InstantSource.system());
    private final FigureBeans published = FigureBeans.publish(registry);
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    @AfterEach
    void close() {
        published.close();
    }

    private Object value(String name, String attribute) throws Exception {
        return beans.getAttribute(new ObjectName("persistence:" + name), attribute);
    }

    @Test
    void names_areThoseDocumented() throws Exception {
        metrics.answered("batch.alpha", 202, 1);
        metrics.accepted(0, 3);
        metrics.lost(0, 2, LossReason.NO_SPACE);
        metrics.flushed(FlushReason.AGE, 3, 1, 1);
        registry.gauge(Family.POOL_CONNECTIONS, () -> 4, "idle");

        assertEquals(1L, value("type=http,name=requests,route=batch.alpha,status=202", "Count"));
        assertEquals(1L, value("type=http,name=response-time,route=batch.alpha", "Count"));
        assertEquals(3L, value("type=records,name=accepted,record=alpha", "Count"));
        assertEquals(2L, value("type=records,name=lost,record=alpha,reason=no_space", "Count"));
        assertEquals(1L, value("type=records,name=unwritten,record=alpha", "Value"));
        assertEquals(1L, value("type=flush,name=count,reason=age", "Count"));
        assertEquals(1L, value("type=flush,name=records", "Count"));
        assertEquals(4, value("type=pool,name=connections,state=idle", "Value"));
    }

    @Test
    void oddNames_areQuoted() throws Exception {
        metrics.accepted(1, 7);

        assertEquals(7L, value("type=records,name=accepted,record=" + ObjectName.quote("odd,name=*"), "Count"));
    }

    @Test
    void times_areInMilliseconds() throws Exception {
        metrics.committed(5_000_000);

        assertEquals(5.0, value("type=flush,name=commit-time", "Max"));
        assertEquals(5.0, value("type=flush,name=commit-time", "Mean"));
        assertEquals(5.0, value("type=flush,name=commit-time", "99thPercentile"));
        assertEquals("milliseconds", value("type=flush,name=commit-time", "DurationUnit"));
    }

    @Test
    void counts_haveNoUnit() throws Exception {
        metrics.flushed(FlushReason.AGE, 1000, 900, 1);

        assertEquals(1000L, value("type=flush,name=records", "Max"));
        assertEquals(900.0, value("type=flush,name=rows", "50thPercentile"));
    }

    @Test
    void secondService_leavesTheFirstOnesBeans() throws Exception {
        metrics.accepted(0, 1);
        Registry other = new Registry();
        new Instruments(other, List.of("alpha"), InstantSource.system()).accepted(0, 100);

        FigureBeans.publish(other).close();

        assertEquals(1L, value("type=records,name=accepted,record=alpha", "Count"));
    }

    @Test
    void close_takesEverythingOut() throws Exception {
        published.close();

        assertTrue(beans.queryNames(new ObjectName("persistence:*"), null).isEmpty());
    }
}
