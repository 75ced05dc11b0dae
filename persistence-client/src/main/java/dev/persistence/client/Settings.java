package dev.persistence.client;

import dev.persistence.client.buffer.Bounds;
import dev.persistence.client.http.Target;
import dev.persistence.client.measure.ClientMetrics;
import dev.persistence.client.record.ChangeStamp;
import java.time.Duration;
import java.util.Optional;

/** How a client was built. */
record Settings(Target target, Bounds bounds, Timeouts timeouts, Optional<ChangeStamp> stamp, ClientMetrics metrics) {

    /** Each for the whole of what it is named after. */
    record Timeouts(Duration request, Duration flush, Duration write, Duration close) {}
}
