package dev.persistence.ring;

import static dev.persistence.ring.TestRecord.order;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordSlotTest {

    private static final int RETAINED = 64;

    private final RecordSlot slot = new RecordSlot(6, RETAINED);

    @Test
    void fresh_isVoid() {
        assertTrue(slot.isVoid());
        assertEquals(0, slot.size());
    }

    @Test
    void fill_keepsValuesNullsAndTimes() {
        order("k").with("a", "7").with("b", null).changed(5).created(3).fill(slot);

        assertFalse(slot.isVoid());
        assertSame(TestRecord.ORDERS, slot.type());
        assertEquals(0b111, slot.present());
        assertEquals("k", TestRecord.value(slot, 0));
        assertEquals("7", TestRecord.value(slot, 1));
        assertTrue(slot.isNull(2));
        assertEquals(5, slot.changeMicros());
        assertEquals(3, slot.creationMicros());
        assertEquals(2, slot.size());
        assertArrayEquals("k".getBytes(StandardCharsets.UTF_8), slot.key());
    }

    @Test
    void fill_copiesFromTheMiddleOfTheSource() {
        byte[] source = "xxxk42".getBytes(StandardCharsets.UTF_8);
        int[] spans = {-1, -1, 3, 4, 4, 6, 6, 6, 6, 6, 6, 6, 6, 6};

        slot.fill(TestRecord.ORDERS, source, 3, 3, spans, 2, 0b11, 0, 1, RecordSlot.NO_TIME);
        source[3] = '?';
        spans[2] = 0;

        assertEquals("k", TestRecord.value(slot, 0));
        assertEquals("42", TestRecord.value(slot, 1));
    }

    @Test
    void failedFill_leavesTheSlotVoid() {
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> slot.fill(TestRecord.ORDERS, new byte[2], 0, 3, new int[12], 0, 1, 0, 1, 1));

        assertTrue(slot.isVoid());
        assertEquals(0, slot.size());
    }

    @Test
    void clear_keepsASmallArray() {
        order("k").fill(slot);
        byte[] before = slot.values();

        slot.clear();
        order("m").with("b", "x".repeat(RETAINED - 1)).fill(slot);

        assertSame(before, slot.values());
    }

    @Test
    void clear_givesALargeArrayBack() {
        order("k").with("b", "x".repeat(RETAINED)).fill(slot);
        byte[] before = slot.values();

        slot.clear();

        assertTrue(slot.isVoid());
        assertEquals(0, slot.values().length);
        assertNotSame(before, slot.values());
    }
}
