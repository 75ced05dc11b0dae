package dev.persistence.http.endpoint;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for something without holding an event loop, and not for ever. */
final class Deadline {

    private Deadline() {}

    /**
     * The same stage, completed on the event loop, and failed with a {@link TimeoutException} once the time is over.
     *
     * @param stage completed by any thread, which does not run what follows
     */
    static <T> CompletionStage<T> of(Duration time, CompletionStage<T> stage, EventExecutor loop) {
        CompletableFuture<T> inTime = new CompletableFuture<>();
        ScheduledFuture<?> timer = loop.schedule(
                () -> inTime.completeExceptionally(new TimeoutException()), time.toNanos(), TimeUnit.NANOSECONDS);
        stage.whenCompleteAsync(
                (value, failure) -> {
                    timer.cancel(false);
                    if (failure == null) {
                        inTime.complete(value);
                    } else {
                        inTime.completeExceptionally(failure);
                    }
                },
                loop);
        return inTime;
    }
}
