package dev.persistence.http.endpoint;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** A health that asks the database at most about once a second, however many ask it. Any thread. */
final class RecentHealth implements DatabaseHealth {

    private static final long LASTS_NANOS = Duration.ofSeconds(1).toNanos();

    private final DatabaseHealth database;
    private final LongSupplier nanos;
    private volatile Result last; // replaced by whichever thread completes a check; null before the first

    /** @param nanos a clock that never goes backwards */
    RecentHealth(DatabaseHealth database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
    }

    /** What the last check said where that was within a second, or else a check of its own. */
    @Override
    public CompletionStage<Boolean> check() {
        Result known = last;
        if (known != null && nanos.getAsLong() - known.nanos < LASTS_NANOS) {
            return CompletableFuture.completedFuture(known.healthy);
        }
        return asked().handle((healthy, failure) -> {
            boolean answered = failure == null && Boolean.TRUE.equals(healthy);
            last = new Result(answered, nanos.getAsLong());
            return answered;
        });
    }

    private CompletionStage<Boolean> asked() {
        try {
            return database.check();
        } catch (RuntimeException unhealthy) {
            return CompletableFuture.failedFuture(unhealthy);
        }
    }

    private record Result(boolean healthy, long nanos) {}
}
