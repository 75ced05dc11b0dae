package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.fuzz.FuzzTarget;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Any text as a value of an upsert: {@link SqlLexer} finds exactly the literals that were meant, with exactly what they
 * were to hold, and a statement that is otherwise the one of harmless values; under any {@code sql_mode}. The text is cut
 * into two neighbouring values, so that one could escape into the other.
 */
public final class StatementFuzz implements FuzzTarget {

    private static final long TIME = Slots.micros("2026-01-02 03:04:05.678901");
    private static final String DECLARATION = """
            { name = t, table = things, key = id, change-time = changed, columns = [
              { name = id, type = string, length = 9999, required = true }
              { name = s, type = text, bytes = 65535 }
              { name = n, type = integer, default = 7 }
              { name = changed, type = timestamp } ] }""";

    private static final String[] SEEDS = {
        "", "a", "'", "''", "'''", "\\", "\\\\", "\\'", "'\\", "\\'\\'", "a'b", "' OR '1'='1",
                "'; DROP TABLE things; -- ",
        "') ON DUPLICATE KEY UPDATE `s` = ('", "\0", "\\0", "\u001a", "\n\r\t\b", "\"", "`", "/* */", "-- ", "#", "%",
                "_", "\\%",
        "é'汉\\😀", "'\uFFFD'", "\u00bf'", "\u02bc", "\uff07", "?", "{x}", "x'00'", "\\N", "NULL", "/*!50000 ", "'\0\\'",
    };

    private final RecordType type = Slots.declared(DECLARATION).get(0);
    private final RecordRing ring = new RecordRing(2, 1 << 20, 1, 4, Duration.ofSeconds(1), ArrivalClock.system());
    private final RecordRing.Consumer consumer = ring.consumer();
    private final Map<Dialect, UpsertStatements> statements = new EnumMap<>(Dialect.class);
    private final StatementText text = new StatementText();

    public StatementFuzz() {
        for (Dialect dialect : Dialect.values()) {
            statements.put(dialect, new UpsertStatements(dialect));
        }
    }

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (String seed : SEEDS) {
            seeds.put(
                    seed.replaceAll("[^ -~]", "?") + " (" + seeds.size() + ")", seed.getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }

    @Override
    public String[] words() {
        return new String[] {"'", "''", "\\", "\\'", "\\\\", "\0", "\u001a", "--", "/*", "*/", ";", "\u00bf", "é", "😀"
        };
    }

    @Override
    public void take(byte[] input) {
        String whole = new String(input, StandardCharsets.UTF_8); // only valid UTF-8 comes this far
        int middle = whole.offsetByCodePoints(0, whole.codePointCount(0, whole.length()) / 2);
        byte[] key = whole.substring(0, middle).getBytes(StandardCharsets.UTF_8);
        byte[] value = whole.substring(middle).getBytes(StandardCharsets.UTF_8);
        for (Dialect dialect : Dialect.values()) {
            String harmless = new SqlLexer(upsert(dialect, new byte[] {'k'}, new byte[] {'v'}), true).shape();
            byte[] sql = upsert(dialect, key, value);
            SqlLexer read = new SqlLexer(sql, true);
            assertEquals(harmless, read.shape());
            assertArrayEquals(key, read.literals().get(0));
            assertArrayEquals(value, read.literals().get(1));
            assertEquals(harmless, new SqlLexer(sql, false).shape(), "under NO_BACKSLASH_ESCAPES");
        }
    }

    private byte[] upsert(Dialect dialect, byte[] key, byte[] value) {
        byte[] values = Arrays.copyOf(key, key.length + value.length);
        System.arraycopy(value, 0, values, key.length, value.length);
        int[] spans = {0, key.length, key.length, values.length, 0, 0, 0, 0};
        long sequence = ring.tryClaim(1, values.length);
        RecordSlot slot = ring.claimed(sequence, 0);
        slot.fill(type, values, 0, values.length, spans, 0, 0b11, 0, TIME, RecordSlot.NO_TIME);
        ring.publish(sequence, sequence);
        UpsertSql sql = statements.get(dialect).of(type, slot.present());
        sql.begin(text);
        sql.row(text, slot, slot.changeMicros());
        sql.end(text);
        consumer.settle(sequence);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
