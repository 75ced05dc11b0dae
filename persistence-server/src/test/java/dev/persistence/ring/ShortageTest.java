package dev.persistence.ring;

import static dev.persistence.ring.TestRecord.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which requests are refused unread, on a ring of eight slots. */
class ShortageTest {

    private final TestClock time = new TestClock();
    private final ArrivalClock clock = time.arrivals();
    private final RecordRing ring =
            new RecordRing(8, 4096, 2, TestRecord.ORDERS.columns().size(), Duration.ofMillis(1), clock);
    private final RecordRing.Consumer consumer = ring.consumer();
    private final Shortage shortage = ring.shortage();

    @Test
    void nothingRefused_coversNothing() {
        assertFalse(shortage.covers(0));
        assertFalse(shortage.covers(Long.MAX_VALUE));
    }

    @Test
    void refused_coversWhatIsNoSmaller() {
        shortage.remember(shortage.state(), 100, 1, 50);
        assertFalse(shortage.covers(99));
        assertTrue(shortage.covers(100));
        assertTrue(shortage.covers(101));
    }

    @Test
    void smallestRefused_counts() {
        shortage.remember(shortage.state(), 100, 1, 50);
        shortage.remember(shortage.state(), 40, 1, 50);
        shortage.remember(shortage.state(), 70, 1, 50);
        assertFalse(shortage.covers(39));
        assertTrue(shortage.covers(40));
    }

    @Test
    void settledSlots_endIt() throws InterruptedException {
        TestRecord.publish(ring, clock, order("x"));
        shortage.remember(shortage.state(), 100, 1, 50);
        consumer.settle(consumer.await(0));
        assertFalse(shortage.covers(100));
        shortage.remember(shortage.state(), 200, 1, 50);
        assertFalse(shortage.covers(100), "what was refused before is forgotten");
        assertTrue(shortage.covers(200));
    }

    @Test
    void refusalThatASettlementOvertook_coversNothing() throws InterruptedException {
        TestRecord.publish(ring, clock, order("x"));
        long before = shortage.state();
        consumer.settle(consumer.await(0));
        shortage.remember(before, 100, 1, 50);
        assertFalse(shortage.covers(100), "nobody would ever free slots of an empty ring");
    }

    @Test
    void secondsUntilRoom_areThoseOfTheRefusedRequest() throws InterruptedException {
        TestRecord.publish(ring, clock, order("x"), order("y"));
        consumer.flushBegins();
        time.advance(Duration.ofSeconds(4));
        consumer.settle(consumer.await(0)); // two seconds a record
        TestRecord.publish(ring, clock, order("a"), order("b"), order("c"), order("d"), order("e"), order("f"));
        shortage.remember(shortage.state(), 100, 5, 50);
        assertEquals(6, ring.secondsUntilRoom(), "three slots are lacking");
        assertEquals(12, ring.secondsUntilRoom(8, 50));
        assertEquals(60, ring.secondsUntilRoom(9, 50), "it never fits");
        assertEquals(60, ring.secondsUntilRoom(1, 5000), "it never fits");
    }
}
