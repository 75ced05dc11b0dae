package dev.persistence.batch;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BufferSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void ringSizeThatIsNoPowerOfTwo_isRefused() {
        assertRefused(
                "buffer.ring-size: 1000 (expected a power of two, at most 16777216)",
                () -> new BufferSettings(1, SECOND, 1000, 1));
    }

    @Test
    void negativeRingSize_isRefused() {
        assertRefused(
                "buffer.ring-size: -2147483648 (expected a power of two, at most 16777216)",
                () -> new BufferSettings(1, SECOND, Integer.MIN_VALUE, 1));
    }

    @Test
    void noRecordsNoTimeNoBytes_areRefused() {
        assertRefused("buffer.max-buffer-size: 0 (expected at least 1)", () -> new BufferSettings(0, SECOND, 1, 1));
        assertRefused(
                "buffer.flush-interval: PT0S (expected more than 0", () -> new BufferSettings(1, Duration.ZERO, 1, 1));
        assertRefused("buffer.max-unwritten-bytes: 0 (expected at least 1)", () -> new BufferSettings(1, SECOND, 1, 0));
    }

    private static void assertRefused(String message, Runnable construction) {
        String actual =
                assertThrows(IllegalArgumentException.class, construction::run).getMessage();
        assertTrue(actual.startsWith(message), actual);
    }
}
