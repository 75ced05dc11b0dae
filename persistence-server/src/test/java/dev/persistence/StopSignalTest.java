package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopSignalTest {

    @Test
    void firstSignal_endsTheWaitAndFurtherOnesChangeNothing() throws InterruptedException {
        StopSignal stop = StopSignal.unattached();
        assertFalse(stop.isRaised());

        stop.raise("TERM");
        stop.raise("INT");

        assertTrue(stop.await(0, TimeUnit.SECONDS));
        assertTrue(stop.isRaised());
    }
}
