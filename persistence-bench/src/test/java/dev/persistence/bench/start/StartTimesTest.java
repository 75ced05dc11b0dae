package dev.persistence.bench.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTimesTest {

    @Test
    void median_isTheMiddleOne() {
        StartTimes times = times(30, 10, 20);
        assertEquals(Duration.ofMillis(20), times.median());
        assertEquals(Duration.ofMillis(10), times.min());
        assertEquals(Duration.ofMillis(30), times.max());
    }

    @Test
    void medianOfAnEvenNumber_liesBetweenTheMiddleTwo() {
        assertEquals(Duration.ofMillis(25), times(40, 30, 20, 10).median());
    }

    @Test
    void noStart_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new StartTimes(List.of()));
    }

    private static StartTimes times(long... millis) {
        return new StartTimes(Arrays.stream(millis)
                .mapToObj(time -> new FirstRequest(Duration.ofMillis(time), Duration.ZERO))
                .toList());
    }
}
