package dev.persistence.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.persistence.telemetry.RefusalReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkTest {

    private static Settled written(long first, long last, Refusal... refusals) {
        return new Settled(first, last, List.of(last - first + 1 - refusals.length, 0L), List.of(refusals), 0);
    }

    private static Settled lost(long first, long last) {
        return new Settled(first, last, List.of(0L, 0L), List.of(), last - first + 1);
    }

    @Test
    void flush_addsUpTheFlushesUpToIt() {
        Mark.Flush mark = new Mark.Flush(20, 2, 1_000);
        mark.settled(new Settled(0, 9, List.of(3L, 6L), List.of(new Refusal(4, "no", RefusalReason.CHECK)), 0));
        mark.settled(new Settled(10, 14, List.of(0L, 0L), List.of(), 5));
        mark.settled(new Settled(15, 20, List.of(6L, 0L), List.of(), 0));
        assertFalse(mark.report().isDone());

        mark.complete(1_500);

        assertEquals(new FlushReport(List.of(9L, 6L), 1, 5, 500), mark.report().join());
    }

    @Test
    void written_countsItsOwnRecordsOnly() {
        Mark.Written mark = new Mark.Written(5, 9);
        mark.settled(written(0, 20));
        mark.complete(0);

        assertEquals(new WrittenReport(5, 5, List.of(), 0), mark.report().join());
    }

    @Test
    void written_namesItsOwnRefusalsInOrder() {
        Mark.Written mark = new Mark.Written(5, 9);
        Refusal first = new Refusal(5, "a", RefusalReason.CHECK);
        Refusal last = new Refusal(9, "b", RefusalReason.NULL);
        mark.settled(written(
                0,
                20,
                new Refusal(4, "other", RefusalReason.CHECK),
                first,
                last,
                new Refusal(10, "other", RefusalReason.CHECK)));
        mark.complete(0);

        assertEquals(
                new WrittenReport(5, 3, List.of(first, last), 0), mark.report().join());
    }

    @Test
    void written_acrossTwoBatches_onlyOneOfThemLost() {
        Mark.Written mark = new Mark.Written(5, 9);
        mark.settled(lost(0, 6));
        mark.settled(written(7, 9));
        mark.complete(0);

        assertEquals(new WrittenReport(5, 3, List.of(), 2), mark.report().join());
    }

    @Test
    void written_ignoresBatchesBeforeAndAfter() {
        Mark.Written mark = new Mark.Written(5, 9);
        mark.settled(lost(0, 4));
        mark.settled(written(5, 9));
        mark.settled(lost(10, 12));
        mark.complete(0);

        assertEquals(new WrittenReport(5, 5, List.of(), 0), mark.report().join());
    }
}
