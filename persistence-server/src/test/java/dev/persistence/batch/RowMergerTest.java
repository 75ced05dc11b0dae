package dev.persistence.batch;

import static dev.persistence.ring.TestRecord.event;
import static dev.persistence.ring.TestRecord.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.TestRecord;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows are written down as {@code key<sequences>} with the record that is written marked by a star. */
class RowMergerTest {

    private static final RecordTypes FOLDING = new RecordTypes(TestRecord.TYPES.named("orders").stream()
            .map(type -> type.narrowed(type.columns(), false))
            .toList());

    private static RecordBatch batch(TestRecord... records) {
        return RecordBatch.of(TestRecord.TYPES, TestRing.slots(List.of(records)));
    }

    private static RecordBatch foldingBatch(String... keys) {
        RecordType folding = FOLDING.get(0);
        List<TestRecord> records = new ArrayList<>();
        for (String key : keys) {
            records.add(TestRecord.of(folding, key));
        }
        return RecordBatch.of(FOLDING, TestRing.slots(records));
    }

    private static List<List<String>> groups(RecordBatch batch) {
        return batch.groups().stream()
                .map(group -> group.rows().stream().map(RowMergerTest::row).toList())
                .toList();
    }

    private static String row(Row row) {
        StringBuilder text = new StringBuilder(TestRecord.value(row.record(), 0)).append('<');
        for (RecordSlot record : row.records()) {
            text.append(record.sequence()).append(record == row.record() ? "*" : "");
        }
        return text.append('>').toString();
    }

    @Test
    void sameColumns_merge() {
        assertEquals(
                List.of(List.of("k<01*>")),
                groups(batch(
                        order("k").with("a", "1").changed(5),
                        order("k").with("a", "2").changed(6))));
    }

    @Test
    void superset_takesThePlaceOfTheOlder() {
        assertEquals(
                List.of(List.of("k<01*>")),
                groups(batch(
                        order("k").with("a", "1"), order("k").with("a", "2").with("b", null))));
    }

    @Test
    void subset_goesToTheNextWave() {
        assertEquals(
                List.of(List.of("k<0*>"), List.of("k<1*>")),
                groups(batch(
                        order("k").with("a", "1").with("b", "x"), order("k").with("a", "2"))));
    }

    @Test
    void otherColumns_goToTheNextWave() {
        assertEquals(
                List.of(List.of("k<0*>"), List.of("k<1*>")),
                groups(batch(order("k").with("a", "1"), order("k").with("b", "x"))));
    }

    @Test
    void older_isDroppedWhateverItCarries() {
        assertEquals(
                List.of(List.of("k<0*1>")),
                groups(batch(order("k").changed(7), order("k").with("a", "1").changed(6))));
    }

    @Test
    void equalTime_laterWins() {
        assertEquals(
                List.of(List.of("k<01*>")),
                groups(batch(order("k").changed(7), order("k").changed(7))));
    }

    @Test
    void newerThatLacksAFieldOfADroppedOne_goesToTheNextWave() {
        assertEquals(
                List.of(List.of("k<0*1>"), List.of("k<2*>")),
                groups(batch(
                        order("k").changed(7),
                        order("k").with("a", "1").changed(6),
                        order("k").changed(8))));
    }

    @Test
    void merged_isCreatedWhenTheFirstWas() {
        RecordBatch batch = batch(order("k").changed(5), order("k").changed(6).created(2));

        assertEquals(5, batch.groups().get(0).rows().get(0).creationMicros());
    }

    @Test
    void merged_keepsTheCreationTheFirstCarries() {
        RecordBatch batch =
                batch(order("k").changed(5).created(3), order("k").changed(6).created(2));

        assertEquals(3, batch.groups().get(0).rows().get(0).creationMicros());
    }

    @Test
    void unguarded_lastInTheRingWins() {
        assertEquals(List.of(List.of("1<01*>")), groups(batch(event(1).changed(9), event(1).changed(1))));
    }

    @Test
    void groups_areSetsOfColumns() {
        assertEquals(
                List.of(List.of("m<0*>", "z<3*>"), List.of("b<2*>", "y<1*>")),
                groups(batch(order("m"), order("y").with("a", "1"), order("b").with("a", "1"), order("z"))));
    }

    @Test
    void stringKeys_areSortedByTheirBytes() {
        assertEquals(
                List.of(List.of("10<2*>", "9<1*>", "A<3*>", "a<0*>", "é<4*>")),
                groups(batch(order("a"), order("9"), order("10"), order("A"), order("é"))));
    }

    @Test
    void numericKeys_areSortedByNumber() {
        assertEquals(
                List.of(List.of("-11<3*>", "-2<2*>", "9<1*>", "10<0*>")),
                groups(batch(event(10), event(9), event(-2), event(-11))));
    }

    @Test
    void types_areWrittenAsDeclared() {
        RecordBatch batch = batch(event(1), order("k"), event(2), order("j"));

        assertEquals(
                List.of("orders", "events"),
                batch.groups().stream().map(group -> group.type().name()).toList());
    }

    @Test
    void wavesOfAType_comeBeforeTheNextType() {
        RecordBatch batch =
                batch(event(1), order("k").with("a", "1"), order("k").with("b", "1"));

        assertEquals(
                List.of("orders", "orders", "events"),
                batch.groups().stream().map(group -> group.type().name()).toList());
    }

    @Test
    void exactKeys_differInCaseAccentAndTrailingSpace() {
        assertEquals(
                List.of(List.of("A<0*>", "a<1*>", "a <2*>", "á<3*>")),
                groups(batch(order("A"), order("a"), order("a "), order("á"))));
    }

    @Test
    void foldingKeys_stayInOrderInSuccessiveWaves() {
        assertEquals(
                List.of(List.of("A<0*>", "b<3*>"), List.of("a <1*>"), List.of("A<2*>")),
                groups(foldingBatch("A", "a ", "A", "b")));
    }

    @Test
    void foldingKeys_mergeWhereTheirBytesAreEqual() {
        assertEquals(List.of(List.of("A<01*>"), List.of("a<23*>")), groups(foldingBatch("A", "A", "a", "a")));
    }

    @Test
    void foldingKeyBeyondAscii_ordersEverythingStrictly() {
        assertEquals(
                List.of(List.of("x<0*>"), List.of("é<1*>"), List.of("b<2*>"), List.of("x<3*>")),
                groups(foldingBatch("x", "é", "b", "x")));
    }

    @Test
    void collidingHashes_areTwoKeys() {
        assertEquals("Aa".hashCode(), "BB".hashCode());

        assertEquals(
                List.of(List.of("Aa<02*>", "BB<13*>")),
                groups(batch(order("Aa"), order("BB"), order("Aa"), order("BB"))));
    }

    @Test
    void thousandsOfCollidingHashes_areSeparateKeys() {
        List<TestRecord> records = new ArrayList<>();
        for (int n = 0; n < 4096; n++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                key.append((n & 1 << bit) == 0 ? "Aa" : "BB");
            }
            records.add(order(key.toString()));
        }

        RecordBatch batch = RecordBatch.of(TestRecord.TYPES, TestRing.slots(records));

        assertEquals(4096, batch.rowsWritten(TestRecord.ORDERS, Set.of()));
    }

    @Test
    void nothing_isNoGroup() {
        assertTrue(batch().groups().isEmpty());
    }

    @Test
    void rowsWritten_countsARefusedRowRecordByRecord() {
        RecordBatch batch = batch(order("k"), order("k"), order("k"), order("m"), event(1));

        assertEquals(2, batch.rowsWritten(TestRecord.ORDERS, Set.of()));
        assertEquals(3, batch.rowsWritten(TestRecord.ORDERS, Set.of(1L)));
        assertEquals(1, batch.rowsWritten(TestRecord.ORDERS, Set.of(0L, 1L, 2L)));
        assertEquals(1, batch.rowsWritten(TestRecord.EVENTS, Set.of(1L)));
    }
}
