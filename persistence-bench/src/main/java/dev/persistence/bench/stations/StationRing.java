package dev.persistence.bench.stations;

import com.typesafe.config.ConfigFactory;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordTypes;
import java.time.Duration;

/** The record types and the ring as the service ships them. */
public final class StationRing {

    private static final int SLOTS = 65_536;
    private static final long BYTES = 256L << 20;
    private static final Duration WAKE_UP = Duration.ofMillis(100);

    private StationRing() {}

    /** The shipped declarations. */
    public static RecordTypes shippedTypes() {
        return Declarations.read(ConfigFactory.parseResources("record-types.conf"));
    }

    /** An empty ring of the service's default size and byte budget. */
    public static RecordRing create(RecordTypes types) {
        return new RecordRing(SLOTS, BYTES, types.size(), types.mostColumns(), WAKE_UP, ArrivalClock.system());
    }
}
