package dev.persistence.http.endpoint;

import dev.persistence.http.answer.Answer;
import dev.persistence.ring.ArrivalClock;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /api/v1/persistence/status}: all that the status page shows. Programs read {@code stats} or the metrics:
 * this document grows with the page.
 *
 * <table>
 * <caption>Answers, beside the refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>200</td><td>always, also while the service is stopping; after a second at the latest, with the database
 * {@code unhealthy} where it has not answered by then</td></tr>
 * </table>
 */
final class StatusEndpoint implements Endpoint {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Map<AsciiString, String> NOT_STORED = Map.of(HttpHeaderNames.CACHE_CONTROL, "no-store");

    private final ArrivalClock clock;
    private final StatusDocument document;
    private final DatabaseHealth database;
    private final BooleanSupplier draining;
    private final long startNanos;

    StatusEndpoint(RecordFlow flow, ServiceInfo info, DatabaseHealth database, BooleanSupplier draining) {
        this.clock = flow.clock();
        this.document = new StatusDocument(flow, info);
        this.database = new RecentHealth(database, clock::nanos);
        this.draining = draining;
        this.startNanos = clock.nanos();
    }

    @Override
    public boolean answersWhileDraining() {
        return true;
    }

    @Override
    public Work admit(HttpRequest head) {
        return (body, loop) -> Deadline.of(PATIENCE, database.check(), loop)
                .handle((healthy, failure) -> answer(failure == null && Boolean.TRUE.equals(healthy)));
    }

    private Answer answer(boolean databaseHealthy) {
        long uptimeMillis = TimeUnit.NANOSECONDS.toMillis(clock.nanos() - startNanos);
        return Answer.json(
                        HttpResponseStatus.OK,
                        json -> document.write(json, databaseHealthy, draining.getAsBoolean(), uptimeMillis))
                .with(NOT_STORED);
    }
}
