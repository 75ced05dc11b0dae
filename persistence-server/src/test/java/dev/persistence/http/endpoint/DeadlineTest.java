package dev.persistence.http.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private final DefaultEventExecutor loop = new DefaultEventExecutor();
    private final CompletableFuture<String> stage = new CompletableFuture<>();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void valueInTime_arrivesOnTheLoop() throws Exception {
        CompletableFuture<Boolean> onLoop = Deadline.of(LONG, stage, loop)
                .thenApply(value -> value.equals("done") && loop.inEventLoop())
                .toCompletableFuture();
        stage.complete("done");
        assertEquals(true, onLoop.get(20, TimeUnit.SECONDS));
    }

    @Test
    void failureInTime_arrives() {
        CompletableFuture<String> inTime = Deadline.of(LONG, stage, loop).toCompletableFuture();
        stage.completeExceptionally(new IllegalStateException("broken"));
        Exception failed = assertThrows(ExecutionException.class, () -> inTime.get(20, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, failed.getCause());
    }

    @Test
    void timeOver_isATimeout_andWhatComesLaterIsIgnored() {
        CompletableFuture<String> inTime =
                Deadline.of(Duration.ofMillis(1), stage, loop).toCompletableFuture();
        Exception failed = assertThrows(ExecutionException.class, () -> inTime.get(20, TimeUnit.SECONDS));
        assertInstanceOf(TimeoutException.class, failed.getCause());
        stage.complete("late");
        assertThrows(ExecutionException.class, () -> inTime.get(20, TimeUnit.SECONDS));
    }

    @Test
    void loopEnded_nothingRunsOnTheCompletingThread() {
        CompletableFuture<String> inTime = Deadline.of(LONG, stage, loop).toCompletableFuture();
        stop();
        stage.complete("nobody is left");
        assertFalse(inTime.isDone());
    }
}
