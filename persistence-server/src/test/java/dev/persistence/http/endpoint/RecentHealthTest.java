package dev.persistence.http.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentHealthTest {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND / 2); // it overflows on the way
    private int checks;
    private CompletableFuture<Boolean> result = CompletableFuture.completedFuture(true);

    private final RecentHealth health = new RecentHealth(
            () -> {
                checks++;
                return result;
            },
            nanos::get);

    private boolean ask() {
        return health.check().toCompletableFuture().join();
    }

    @Test
    void resultOfTheLastSecond_isUsedAgain() {
        assertEquals(true, ask());
        result = CompletableFuture.completedFuture(false);
        nanos.addAndGet(SECOND - 1);
        assertEquals(true, ask());
        assertEquals(1, checks);
    }

    @Test
    void olderResult_isNot() {
        assertEquals(true, ask());
        result = CompletableFuture.completedFuture(false);
        nanos.addAndGet(SECOND);
        assertEquals(false, ask());
        assertEquals(2, checks);
    }

    @Test
    void checkThatFails_isUnhealthyAndRemembered() {
        result = CompletableFuture.failedFuture(new IllegalStateException("no pool"));
        assertEquals(false, ask());
        assertEquals(false, ask());
        assertEquals(1, checks);
    }

    @Test
    void checkThatThrows_isUnhealthy() {
        DatabaseHealth broken = () -> {
            throw new IllegalStateException("no pool");
        };
        assertEquals(
                false,
                new RecentHealth(broken, nanos::get)
                        .check()
                        .toCompletableFuture()
                        .join());
    }

    @Test
    void checkUnderWay_isAwaitedNotRemembered() {
        result = new CompletableFuture<>();
        CompletableFuture<Boolean> waiting = health.check().toCompletableFuture();
        assertFalse(waiting.isDone());
        result.complete(true);
        assertEquals(true, waiting.join());
    }
}
