package dev.persistence.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreTest {

    private final Scoreboard board = new Scoreboard();

    @Test
    void median_isTheMiddleOne_orTheMeanOfTwo() {
        assertEquals(2, new Series(List.of(9.0, 1.0, 2.0)).median());
        assertEquals(2.5, new Series(List.of(9.0, 1.0, 2.0, 3.0)).median());
    }

    @Test
    void table_saysWhatIsReachedAndWhatIsMissed() {
        board.add(Goal.NEW_TASKS, 1.125);
        board.add(Goal.NEW_TASKS, 0.5);
        board.add(Goal.NEW_TASKS, 2);
        board.add(Goal.START, 2000);
        board.add("rows", "rows/s", 12345L);

        List<String> lines = ScoreTable.of(board);

        assertTrue(lines.get(2).endsWith("| at least 1 | 1.13 × | 0.50 | 2.00 | reached |"), lines.get(2));
        assertTrue(lines.get(3).endsWith("| under 2000 | 2,000 ms | 2,000 | 2,000 | **missed** |"), lines.get(3));
        assertEquals("| rows | 12,345 rows/s | 12,345 | 12,345 |", lines.get(7));
    }

    @Test
    void limit_belongsToAtLeastAndAtMost_butNotToUnder() {
        assertTrue(Goal.NEW_TASKS.isReachedBy(1));
        assertTrue(Goal.FULL_RING.isReachedBy(100));
        assertFalse(Goal.START.isReachedBy(2000));
        assertTrue(Goal.ACCEPTED_OF_HTTP.isReachedBy(0));
    }

    @Test
    void json_holdsEveryValue() throws IOException {
        board.add(Goal.START, 1500);
        board.add(Goal.START, 1700);

        String json = ScoreJson.of(board, Map.of("cores", "2")).replaceAll("\\s", "");

        assertTrue(json.contains("\"goal\":\"start\""), json);
        assertTrue(json.contains("\"median\":1600.0,\"values\":[1500.0,1700.0]"), json);
        assertTrue(json.contains("\"cores\":\"2\""), json);
    }
}
