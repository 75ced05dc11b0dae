package dev.persistence.client.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.client.buffer.Drop;
import dev.persistence.client.measure.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarningsTest {

    private final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE - 1); // System.nanoTime may be about to overflow
    private final List<String> said = new ArrayList<>();
    private final Warnings warnings = new Warnings(Duration.ofSeconds(10), ticks::get, said::add);

    private void drop(String type, long records, DropReason reason, String detail) {
        warnings.add(List.of(new Drop(type, records, reason, detail)));
        warnings.sayIfDue();
    }

    @Test
    void firstDrop_isSaidAtOnce_andOthersTogetherWhenTheTimeHasPassed() {
        drop("tasks", 1, DropReason.TIMED_OUT, "one");
        drop("tasks", 100, DropReason.TIMED_OUT, "two");
        ticks.addAndGet(TimeUnit.SECONDS.toNanos(4));
        drop("tasks", 50, DropReason.TIMED_OUT, "three");
        drop("sessions", 3, DropReason.OVERFLOW, "full");
        assertEquals(TimeUnit.SECONDS.toNanos(6), warnings.nanosUntilDue());
        ticks.addAndGet(TimeUnit.SECONDS.toNanos(6));
        warnings.sayIfDue();

        assertEquals(
                List.of(
                        "1 record was dropped: 1 of tasks, no answer in time (one)",
                        "153 records were dropped: 150 of tasks, no answer in time (three);"
                                + " 3 of sessions, the buffer was full (full)"),
                said);
    }

    @Test
    void nothingDropped_saysNothing() {
        warnings.sayIfDue();
        warnings.sayRest();

        assertEquals(Long.MAX_VALUE, warnings.nanosUntilDue());
        assertEquals(List.of(), said);
    }

    @Test
    void restAtTheEnd_isSaidAtOnce() {
        drop("tasks", 1, DropReason.TIMED_OUT, "one");
        drop("tasks", 2, DropReason.CLOSED, "two");
        warnings.sayRest();

        assertEquals(2, said.size());
    }
}
