package dev.persistence.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.TestRecord;
import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Whatever arrives in whatever order, and wherever flushes cut it: the table is as if written record by record. */
class RandomHistoryTest {

    private static final int HISTORIES = 5_000;

    @Test
    void anyCuts_giveWhatWritingOneByOneGives() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<RecordSlot> history = history(new Random(seed));
            Table expected = oneByOne(history, record -> false);
            Table actual = new Table(record -> false);
            int rows = 0;
            for (RecordBatch batch : cut(history, new Random(~seed))) {
                rows += actual.write(batch);
            }
            assertEquals(expected.rows, actual.rows, "seed " + seed);
            assertTrue(rows <= history.size(), "seed " + seed);
        }
    }

    /**
     * A refused record that a later one stands for is not looked at by the database, so it leaves one trace: the row may
     * have been created at its time. All else is as if it had been refused.
     */
    @Test
    void refusedRecords_areAsIfTheyHadNeverBeenSent() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<RecordSlot> history = history(new Random(seed));
            Predicate<RecordSlot> refuses = record -> "3".equals(TestRecord.value(record, 1));
            Table expected = oneByOne(history, refuses);
            Table actual = new Table(refuses);
            for (RecordBatch batch : cut(history, new Random(~seed))) {
                actual.write(batch);
            }
            assertEquals(expected.withoutCreation(), actual.withoutCreation(), "seed " + seed);
            assertTrue(expected.refused.containsAll(actual.refused), "seed " + seed);
            for (String key : actual.rows.keySet()) {
                Set<String> possible = creations(history, key);
                assertTrue(possible.contains(actual.rows.get(key).get("created")), "seed " + seed + ", key " + key);
            }
        }
    }

    @Test
    void everyBatch_hasEachKeyOnceAWave_sorted() {
        for (long seed = 0; seed < 2_000; seed++) {
            for (RecordBatch batch : cut(history(new Random(seed)), new Random(~seed))) {
                for (RowGroup group : batch.groups()) {
                    List<Key> keys = group.rows().stream().map(Row::key).toList();
                    assertEquals(keys.size(), new HashSet<>(keys).size(), "seed " + seed);
                    for (Row row : group.rows()) {
                        assertEquals(group.present(), row.record().present(), "seed " + seed);
                        assertEquals(group.type(), row.type(), "seed " + seed);
                    }
                }
            }
        }
    }

    private static Table oneByOne(List<RecordSlot> history, Predicate<RecordSlot> refuses) {
        Table table = new Table(refuses);
        history.forEach(record -> table.writeAlone(record));
        return table;
    }

    private static Set<String> creations(List<RecordSlot> history, String key) {
        Set<String> creations = new HashSet<>();
        for (RecordSlot record : history) {
            if (Table.key(record).equals(key)) {
                creations.add(Table.creation(record));
            }
        }
        return creations;
    }

    private static List<RecordSlot> history(Random random) {
        List<TestRecord> records = new ArrayList<>();
        int count = 1 + random.nextInt(24);
        long arrival = 10;
        for (int n = 0; n < count; n++) {
            arrival += random.nextInt(2);
            RecordType type = TestRecord.TYPES.get(random.nextInt(4) == 0 ? 1 : 0);
            TestRecord record = TestRecord.of(type, Integer.toString(random.nextInt(3)));
            for (int column = 1; column < type.columns().size(); column++) {
                Column declared = type.columns().get(column);
                if (!type.isRowTime(column) && random.nextBoolean()) {
                    boolean clears = declared.nullable() && random.nextInt(4) == 0;
                    record.with(declared.name(), clears ? null : Integer.toString(random.nextInt(5)));
                }
            }
            // Absent: the time of arrival, which never goes back; else from a range so small that times are often
            // equal.
            record.changed(random.nextInt(3) == 0 ? arrival : 8 + random.nextInt(5));
            if (random.nextInt(4) == 0) {
                record.created(1 + random.nextInt(3));
            }
            records.add(record);
        }
        return TestRing.slots(records);
    }

    private static List<RecordBatch> cut(List<RecordSlot> history, Random random) {
        List<RecordBatch> batches = new ArrayList<>();
        for (int from = 0; from < history.size(); ) {
            int to = Math.min(history.size(), from + 1 + random.nextInt(history.size()));
            batches.add(RecordBatch.of(TestRecord.TYPES, history.subList(from, to)));
            from = to;
        }
        return batches;
    }

    /** The upsert with its guard, interpreted. */
    private static final class Table {
        private final Predicate<RecordSlot> refuses;
        private final Map<String, Map<String, String>> rows = new TreeMap<>();
        private final Map<String, Long> times = new HashMap<>();
        private final Set<Long> refused = new HashSet<>();

        Table(Predicate<RecordSlot> refuses) {
            this.refuses = refuses;
        }

        static String key(RecordSlot record) {
            return record.type().name() + "/" + TestRecord.value(record, 0);
        }

        static String creation(RecordSlot record) {
            return Long.toString(
                    record.creationMicros() == RecordSlot.NO_TIME ? record.changeMicros() : record.creationMicros());
        }

        int write(RecordBatch batch) {
            int count = 0;
            for (RowGroup group : batch.groups()) {
                for (Row row : group.rows()) {
                    count++;
                    if (refuses.test(row.record())) {
                        row.records().forEach(this::writeAlone);
                    } else {
                        upsert(row.record(), Long.toString(row.creationMicros()));
                    }
                }
            }
            return count;
        }

        void writeAlone(RecordSlot record) {
            if (refuses.test(record)) {
                refused.add(record.sequence());
            } else {
                upsert(record, creation(record));
            }
        }

        private void upsert(RecordSlot record, String creation) {
            RecordType type = record.type();
            String key = key(record);
            Map<String, String> row = rows.get(key);
            if (row == null) {
                row = new HashMap<>();
                rows.put(key, row);
                for (int column = 0; column < type.columns().size(); column++) {
                    Column declared = type.columns().get(column);
                    row.put(declared.name(), declared.defaultValue().orElse(null));
                }
                row.put("created", creation);
            } else if (type.guarded() && record.changeMicros() < times.get(key)) {
                return;
            }
            for (int column = 0; column < type.columns().size(); column++) {
                if ((record.present() & 1L << column) != 0) {
                    row.put(type.columns().get(column).name(), TestRecord.value(record, column));
                }
            }
            times.put(key, record.changeMicros());
            if (type.guarded()) {
                row.put("changed", Long.toString(record.changeMicros()));
            }
        }

        Map<String, Map<String, String>> withoutCreation() {
            Map<String, Map<String, String>> copy = new TreeMap<>();
            rows.forEach((key, row) -> {
                Map<String, String> rest = new HashMap<>(row);
                rest.remove("created");
                copy.put(key, rest);
            });
            return copy;
        }
    }
}
