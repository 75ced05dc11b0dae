package dev.persistence.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ArrivalClockTest {

    private final AtomicReference<Instant> system = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05.678901Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final ArrivalClock clock = new ArrivalClock(system::get, nanos::get);

    @Test
    void systemClockSteppedBack_timesOfChangeStandStillUntilItHasCaughtUp() {
        long before = clock.micros();

        system.set(system.get().minusSeconds(3600));
        assertEquals(before, clock.micros());
        system.set(system.get().plusSeconds(3601));
        assertEquals(before + 1_000_000, clock.micros());
    }

    @Test
    void systemClockStepped_agesAreNotTouched() {
        nanos.set(5);
        system.set(Instant.EPOCH);

        assertEquals(5, clock.nanos());
    }
}
