package dev.persistence.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.Mark;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.Settled;
import dev.persistence.ring.TestRecord;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.registry.Instruments;
import dev.persistence.telemetry.registry.Registry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceBeanTest {

    private final ArrivalClock clock = ArrivalClock.system();
    private final RecordRing ring = new RecordRing(64, 1 << 20, 2, 6, Duration.ofMillis(1), clock);
    private final RecordRing.Consumer consumer = ring.consumer();
    private final Instruments metrics =
            new Instruments(new Registry(), TestRecord.TYPES.names(), InstantSource.system());
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    private ServiceBean bean(Duration flushTimeout) {
        return new ServiceBean("1.2.3", TestRecord.TYPES, ring, clock, metrics.totals(), () -> false, flushTimeout);
    }

    /** Lets a flush be asked for, and ends it like this. */
    private String flush(Settled settled) {
        CompletableFuture<String> result =
                CompletableFuture.supplyAsync(() -> bean(Duration.ofSeconds(20)).flush());
        Mark[] mark = new Mark[1];
        Awaitility.await().until(() -> (mark[0] = consumer.nextMark()) != null);
        mark[0].settled(settled);
        mark[0].complete(clock.nanos());
        return result.join();
    }

    @Test
    void flush_saysWhatWasWrittenByType() {
        String words = flush(new Settled(0, 9, List.of(3L, 6L), List.of(), 0));

        assertTrue(words.matches("flushed: orders 3 written, events 6 written, 0 refused, \\d+ ms"), words);
    }

    @Test
    void flushThatLosesItsBatch_fails() {
        Exception failed =
                assertThrows(CompletionException.class, () -> flush(new Settled(0, 9, List.of(0L, 0L), List.of(), 10)));

        assertEquals(IllegalStateException.class, failed.getCause().getClass());
        assertTrue(
                failed.getCause().getMessage().startsWith("10 records were lost with their batch"),
                failed.getCause().getMessage());
    }

    @Test
    void flushThatTakesTooLong_failsAndNamesTheSetting() {
        Exception failed = assertThrows(
                IllegalStateException.class, () -> bean(Duration.ofMillis(20)).flush());

        assertEquals("the flush did not end within 20 ms (service.flush-timeout); it goes on", failed.getMessage());
    }

    @Test
    void registered_isReadAsAnMxBean() throws Exception {
        metrics.accepted(0, 5);
        metrics.lost(0, 2, LossReason.NO_SPACE);
        try (Registration registration = Registration.of(bean(Duration.ofSeconds(1)))) {
            ServiceMXBean seen = JMX.newMXBeanProxy(beans, new ObjectName(Registration.NAME), ServiceMXBean.class);

            assertEquals("1.2.3", seen.getVersion());
            assertEquals(3, seen.getUnwrittenRecords());
            assertEquals(2, seen.getRecordsLost());
            assertEquals(2L, seen.getRecordsLostByReason().get("no_space"));
            assertEquals(0L, seen.getRecordsRefusedByReason().get("check"));
            assertEquals("", seen.getLastFlush());
            assertFalse(seen.isDraining());
            assertTrue(registration.own());
        }
        assertFalse(beans.isRegistered(new ObjectName(Registration.NAME)));
    }

    @Test
    void secondServiceOfAProcess_leavesTheFirstOnesBean() throws Exception {
        try (Registration first = Registration.of(bean(Duration.ofSeconds(1)))) {
            Registration.of(bean(Duration.ofSeconds(1))).close();

            assertTrue(first.own());
            assertTrue(beans.isRegistered(new ObjectName(Registration.NAME)));
        }
    }
}
