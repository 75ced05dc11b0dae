package dev.persistence.ring;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The two times of a record's arrival: the moment, which never goes backwards within this instance even when the
 * system's clock does, and the age, which no change of the clock can distort. Any thread.
 */
public final class ArrivalClock {

    private final InstantSource source;
    private final LongSupplier nanoTime;
    private final AtomicLong latestMicros = new AtomicLong(Long.MIN_VALUE);

    public ArrivalClock(InstantSource source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    public static ArrivalClock system() {
        return new ArrivalClock(InstantSource.system(), System::nanoTime);
    }

    /** Now, in microseconds since 1970-01-01 UTC; never less than any value returned before. */
    public long micros() {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, source.instant());
        return latestMicros.accumulateAndGet(now, Math::max);
    }

    /** Nanoseconds from an arbitrary origin, for measuring ages only. */
    public long nanos() {
        return nanoTime.getAsLong();
    }
}
