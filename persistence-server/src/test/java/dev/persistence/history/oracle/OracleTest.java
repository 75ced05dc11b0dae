package dev.persistence.history.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The oracle can fail: tables made up by hand, right ones and wrong ones. */
class OracleTest {

    private static final Sending.Life LIFE = new Sending.Life(0, 0);
    private static final Sending.Life OTHER = new Sending.Life(1, 0);
    private static final long START = 1_700_000_000_000_000L;
    private static final String EARLY = "2001-01-01 00:00:00.000001";
    private static final String LATE = "2001-01-01 00:00:00.000002";

    private final List<Sending> sendings = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final List<LifeEnd> ends = new ArrayList<>();
    private final List<Set<String>> snapshots = new ArrayList<>();
    private final List<TableRow> table = new ArrayList<>();
    private Set<Integer> probes = Set.of();

    @Test
    void row_ofTheNewestRecord_isRight() {
        send(Outcome.WRITTEN, item("k", "one", EARLY));
        send(Outcome.WRITTEN, item("k", "two", LATE));
        table.add(row("k", "two", LATE, EARLY));
        assertRight(0);
    }

    @Test
    void row_thatAnOlderRecordOverwrote_isStale() {
        send(Outcome.WRITTEN, item("k", "two", LATE));
        send(Outcome.WRITTEN, item("k", "one", EARLY));
        table.add(row("k", "one", EARLY, LATE));
        assertWrong("no order of what was sent gives");
    }

    @Test
    void row_withAFieldOfAnOlderRecordUnderANewerTime_isStale() {
        send(Outcome.WRITTEN, item("k", "two", LATE));
        send(Outcome.WRITTEN, new Item(Shape.TASKS, "k", Map.of("source_text", "one", "context", "one"), EARLY, null));
        table.add(row("k", "two", LATE, LATE, "context", "one"));
        assertWrong("no order of what was sent gives");
    }

    @Test
    void row_ofTheEarlierOfTwoArrivalsOnOneConnection_isStale() {
        send(Outcome.WRITTEN, item("k", "one", null));
        send(Outcome.WRITTEN, item("k", "two", null));
        table.add(row(
                "k",
                "one",
                Micros.text(sendings.get(0).sent() + 1),
                Micros.text(sendings.get(0).sent() + 1)));
        assertWrong("no order of what was sent gives");
    }

    @Test
    void row_withATimeOfArrivalBeforeTheRecordWasSent_isWrong() {
        send(Outcome.WRITTEN, item("k", "one", null));
        String before = Micros.text(sendings.get(0).sent() - 1);
        table.add(row("k", "one", before, before));
        assertWrong("no order of what was sent gives");
    }

    @Test
    void row_ofARecordWhoseCreationTimeWasNotTheFirst_isWrong() {
        send(Outcome.WRITTEN, item("k", "one", EARLY));
        send(Outcome.WRITTEN, item("k", "two", LATE));
        table.add(row("k", "two", LATE, LATE));
        assertWrong("no order of what was sent gives");
    }

    @Test
    void row_ofConcurrentRecordsOfEqualTime_mayBeEither() {
        sendings.add(new Sending(item("k", "one", EARLY), LIFE, 1, 1, START, START + 10, Outcome.WRITTEN));
        sendings.add(new Sending(item("k", "two", EARLY), OTHER, 2, 1, START, START + 10, Outcome.WRITTEN));
        table.add(row("k", "one", EARLY, EARLY));
        assertRight(0);
    }

    @Test
    void row_ofARecordWithoutAnswer_mayBeThereOrNot() {
        send(Outcome.WRITTEN, item("k", "one", EARLY));
        sendings.add(new Sending(item("k", "two", LATE), LIFE, 1, 9, START, Long.MAX_VALUE, Outcome.UNKNOWN));
        table.add(row("k", "two", LATE, EARLY));
        assertRight(0);
        table.set(0, row("k", "one", EARLY, EARLY));
        assertRight(0);
    }

    @Test
    void writtenRecord_thatIsNotThere_isMissing() {
        send(Outcome.WRITTEN, item("k", "one", EARLY));
        assertWrong("missing row");
    }

    @Test
    void acceptedRecord_thatIsNotThere_mustBeCountedAsLost() {
        send(Outcome.ACCEPTED, item("k", "one", EARLY));
        ends.add(new LifeEnd(LIFE, false, 1, 1));
        assertRight(1);
        ends.set(0, new LifeEnd(LIFE, false, 0, 0));
        assertWrong("missing row");
    }

    @Test
    void acceptedRecords_moreThanWereCountedAsLost_areMissing() {
        send(Outcome.ACCEPTED, item("k", "one", EARLY));
        send(Outcome.ACCEPTED, item("l", "one", EARLY));
        ends.add(new LifeEnd(LIFE, false, 1, 1));
        assertWrong("2 accepted records are missing, and only 1");
    }

    @Test
    void acceptedRecord_settledWithoutALoss_mustBeThereEvenIfOthersWereLostLater() {
        send(Outcome.ACCEPTED, item("k", "one", EARLY));
        long answered = sendings.get(0).answered();
        checkpoints.add(new Checkpoint(LIFE, answered + 1, answered + 2, answered + 3, 0, 0, 0));
        ends.add(new LifeEnd(LIFE, false, 5, 1));
        assertWrong("missing row");
    }

    @Test
    void acceptedRecord_inTheMemoryOfAKilledService_mayBeMissing() {
        long asked = Math.addExact(START, 5_000);
        checkpoints.add(new Checkpoint(LIFE, 0, asked, asked + 1, 0, 0, 1));
        send(Outcome.ACCEPTED, item("k", "one", EARLY));
        ends.add(new LifeEnd(LIFE, true, -1, -1));
        assertRight(1);
    }

    @Test
    void acceptedRecord_settledBeforeTheKill_mayNotBeMissing() {
        send(Outcome.ACCEPTED, item("k", "one", EARLY));
        long answered = sendings.get(0).answered();
        checkpoints.add(new Checkpoint(LIFE, answered + 1, answered + 2, answered + 3, 0, 0, 7));
        ends.add(new LifeEnd(LIFE, true, -1, -1));
        assertWrong("missing row");
    }

    @Test
    void row_ofARefusedRequest_isWrong() {
        send(Outcome.NOT_TAKEN, item("k", "one", EARLY));
        table.add(row("k", "one", EARLY, EARLY));
        assertWrong("a row of refused records only");
    }

    @Test
    void row_thatNobodySent_isWrong() {
        table.add(row("k", "one", EARLY, EARLY));
        assertWrong("a row that nobody sent");
    }

    @Test
    void row_thatIsThereTwice_isDoubled() {
        send(Outcome.WRITTEN, item("k", "one", EARLY));
        table.add(row("k", "one", EARLY, EARLY));
        table.add(row("k", "one", EARLY, EARLY));
        assertWrong("doubled row");
    }

    @Test
    void snapshot_withAGapThatWasFilledLater_showsATornFlush() {
        probe("p1", "p2", "p3");
        snapshots.add(Set.of("tasks/p1", "tasks/p3"));
        assertWrong("torn flush: a snapshot held tasks/p3 and not tasks/p2");
    }

    @Test
    void snapshot_thatEndsBeforeTheLast_isWhole() {
        probe("p1", "p2", "p3");
        snapshots.add(Set.of("tasks/p1", "tasks/p2"));
        assertRight(0);
    }

    @Test
    void lostBatch_leavesOneGapAndNotTwo() {
        probe("p1", "p2", "p3", "p4", "p5");
        table.removeIf(row -> row.key().equals("p2"));
        ends.add(new LifeEnd(LIFE, false, 2, 1));
        assertRight(1);
        table.removeIf(row -> row.key().equals("p4"));
        assertWrong("torn flush: 2 gaps");
    }

    private void probe(String... keys) {
        probes = Set.of(1);
        for (String key : keys) {
            send(Outcome.ACCEPTED, item(key, "one", EARLY));
            table.add(row(key, "one", EARLY, EARLY));
        }
    }

    private void send(Outcome outcome, Item item) {
        int place = sendings.size();
        long sent = START + 10_000L * (1 + place);
        sendings.add(new Sending(item, LIFE, 1, place, sent, sent + 100, outcome));
    }

    private static Item item(String key, String value, String updatedAt) {
        return new Item(Shape.TASKS, key, Map.of("source_text", value, "status", value), updatedAt, null);
    }

    private static TableRow row(String key, String value, String updatedAt, String createdAt, String... more) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("source_text", value);
        values.put("status", value);
        values.put("retry_count", "0");
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return new TableRow(Shape.TASKS, key, values, updatedAt, createdAt);
    }

    private Oracle.Verdict verdict() {
        return Oracle.check(new History(sendings, checkpoints, ends, snapshots, probes), table);
    }

    private void assertRight(long missing) {
        assertEquals(List.of(), verdict().faults());
        assertEquals(missing, verdict().missing());
        assertEquals(0, verdict().undecided());
    }

    private void assertWrong(String fault) {
        List<String> faults = verdict().faults();
        assertTrue(faults.stream().anyMatch(found -> found.contains(fault)), faults::toString);
    }
}
