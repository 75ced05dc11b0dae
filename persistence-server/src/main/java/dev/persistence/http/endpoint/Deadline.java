package dev.persistence.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Waits for something without holding an event loop, and not for ever. */
final class Deadline {

    private Deadline() {}

    /**
     * The answer to a stage, or another one once the time is over.
     *
     * @param stage completed by any thread, which does not run what follows
     * @param answer makes an answer of the stage's value or its failure, on the event loop
     * @param late the answer when the time is over
     */
    static <T> CompletionStage<Answer> answer(
            CompletionStage<T> stage,
            BiFunction<T, Throwable, Answer> answer,
            EventExecutor loop,
            Duration time,
            Answer late) {
        CompletableFuture<Answer> answered = new CompletableFuture<>();
        ScheduledFuture<?> timer = loop.schedule(() -> answered.complete(late), time.toNanos(), TimeUnit.NANOSECONDS);
        stage.handleAsync(answer, loop).whenComplete((value, failure) -> {
            timer.cancel(false);
            if (failure == null) {
                answered.complete(value);
            } else {
                answered.completeExceptionally(failure);
            }
        });
        return answered;
    }
}
