package dev.persistence.client.record;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The moment of change for records that carry none: UTC, in microseconds, each later than all before it, even where the
 * system's clock is set back. Any thread.
 */
public final class ChangeStamp {

    private final String member;
    private final InstantSource source;
    private final AtomicLong latestMicros = new AtomicLong(Long.MIN_VALUE);

    /** @param member the name under which it is put into records, such as {@code updated_at} */
    public ChangeStamp(String member, InstantSource source) {
        this.member = member;
        this.source = source;
    }

    String member() {
        return member;
    }

    Instant next() {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, source.instant());
        return Instant.EPOCH.plus(
                latestMicros.accumulateAndGet(now, (latest, given) -> Math.max(latest + 1, given)), ChronoUnit.MICROS);
    }
}
