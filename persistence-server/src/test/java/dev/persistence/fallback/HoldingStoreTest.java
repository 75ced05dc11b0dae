package dev.persistence.fallback;

import static dev.persistence.ring.TestRecord.event;
import static dev.persistence.ring.TestRecord.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.WriteOutcome;
import dev.persistence.batch.WriteOutcome.Committed;
import dev.persistence.batch.WriteOutcome.Lost;
import dev.persistence.telemetry.LossReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldingStoreTest {

    private static final WriteOutcome WRITTEN = new Committed(List.of());
    private static final WriteOutcome AWAY = new Lost("the database is away", LossReason.UNREACHABLE);
    private static final WriteOutcome UNKNOWN = new Lost("nobody knows", LossReason.UNKNOWN_OUTCOME);

    private final RecordBatch guarded = Batches.of(order("k"));
    private final List<Duration> paused = new ArrayList<>();
    private long now;

    /** Each pause is as long as it may be, and takes no time. */
    private class LongestPauses extends Pauses {
        @Override
        Duration afterAttempts(int attempts) {
            return limit(attempts);
        }

        @Override
        boolean pause(Duration length) {
            paused.add(length);
            now += length.toNanos();
            return ended();
        }
    }

    private HoldingStore holding(Batches.ScriptedStore store, Pauses pauses) {
        return new HoldingStore(store, Duration.ofSeconds(30), () -> now, pauses);
    }

    private WriteOutcome write(Batches.ScriptedStore store, RecordBatch batch) {
        return holding(store, new LongestPauses()).write(batch);
    }

    @Test
    void batchThatIsWritten_isNotHeld() {
        Batches.ScriptedStore store = new Batches.ScriptedStore(WRITTEN);

        assertEquals(WRITTEN, write(store, guarded));
        assertEquals(List.of(), paused);
    }

    @Test
    void failureThatEnds_isWritten() {
        Batches.ScriptedStore store = new Batches.ScriptedStore(AWAY, AWAY, AWAY, WRITTEN);

        assertEquals(WRITTEN, write(store, guarded));
        assertEquals(4, store.attempts);
        assertEquals(List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400)), paused);
    }

    @Test
    void failureThatLasts_isTriedUntilTheTimeIsOverAndLost() {
        Batches.ScriptedStore store = new Batches.ScriptedStore(AWAY);

        assertEquals(
                new Lost("the database is away; held for 30000 ms, 12 attempts", LossReason.UNREACHABLE),
                write(store, guarded));
        assertEquals(12, store.attempts);
        assertEquals(
                Duration.ofSeconds(30),
                paused.stream().reduce(Duration.ZERO, Duration::plus),
                "the last is cut to fit");
    }

    @Test
    void eachBatch_hasItsOwnTime() {
        Batches.ScriptedStore store = new Batches.ScriptedStore(AWAY);
        HoldingStore holding = holding(store, new LongestPauses());
        holding.write(guarded);

        holding.write(guarded);

        assertEquals(24, store.attempts);
    }

    @Test
    void unknownOutcome_isRepeatedWhereTheNewestWins() {
        assertEquals(WRITTEN, write(new Batches.ScriptedStore(UNKNOWN, WRITTEN), guarded));
    }

    @Test
    void unknownOutcome_isNotRepeatedWhereArrivalDecides() {
        Batches.ScriptedStore store = new Batches.ScriptedStore(UNKNOWN, WRITTEN);

        assertEquals(UNKNOWN, write(store, Batches.of(order("k"), event(1))));
        assertEquals(1, store.attempts);
    }

    @Test
    void outcomeThatBecomesUnknown_endsTheRepeatsWhereArrivalDecides() {
        Batches.ScriptedStore store = new Batches.ScriptedStore(AWAY, UNKNOWN, WRITTEN);

        assertEquals(
                new Lost("nobody knows; held for 100 ms, 2 attempts", LossReason.UNKNOWN_OUTCOME),
                write(store, Batches.of(event(1))));
    }

    @Test
    void giveUp_endsThePauseAndAllLaterOnes() {
        Batches.ScriptedStore store = new Batches.ScriptedStore(AWAY);
        HoldingStore[] holding = new HoldingStore[1];
        holding[0] = holding(store, new LongestPauses() {
            @Override
            boolean pause(Duration length) {
                holding[0].giveUp();
                return super.pause(length);
            }
        });

        assertEquals(
                new Lost("the database is away; held for 100 ms, 1 attempts", LossReason.UNREACHABLE),
                holding[0].write(guarded));
        assertEquals(AWAY, holding[0].write(guarded));
        assertTrue(store.givenUp);
    }

    @Test
    void pauses_areRandomBelowALimitThatDoubles() {
        assertEquals(
                List.of(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L),
                IntStream.rangeClosed(1, 8)
                        .mapToObj(attempts -> Pauses.limit(attempts).toMillis())
                        .toList());
        assertEquals(Duration.ofSeconds(5), Pauses.limit(Integer.MAX_VALUE));
        Pauses pauses = new Pauses();
        for (int attempts = 1; attempts < 20; attempts++) {
            assertTrue(pauses.afterAttempts(attempts).compareTo(Pauses.limit(attempts)) <= 0);
        }
    }
}
