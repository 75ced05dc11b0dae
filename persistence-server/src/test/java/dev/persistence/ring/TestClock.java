package dev.persistence.ring;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves only when a test moves it. Any thread. */
public final class TestClock {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));

    public ArrivalClock arrivals() {
        return new ArrivalClock(
                this::instant, () -> Duration.between(Instant.EPOCH, instant()).toNanos());
    }

    public Instant instant() {
        return now.get();
    }

    public void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }
}
