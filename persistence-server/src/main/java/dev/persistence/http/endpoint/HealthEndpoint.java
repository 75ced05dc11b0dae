package dev.persistence.http.endpoint;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Moments;
import dev.persistence.schema.RecordType;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /health}: whether the service can do its work.
 *
 * <table>
 * <caption>Answers, beside the refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>200</td><td>the database answers within a second, and the service is not stopping</td></tr>
 * <tr><td>503 with Retry-After</td><td>otherwise</td></tr>
 * </table>
 */
final class HealthEndpoint implements Endpoint {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RecordFlow flow;
    private final DatabaseHealth database;
    private final BooleanSupplier draining;

    HealthEndpoint(RecordFlow flow, DatabaseHealth database, BooleanSupplier draining) {
        this.flow = flow;
        this.database = database;
        this.draining = draining;
    }

    @Override
    public boolean answersWhileDraining() {
        return true;
    }

    @Override
    public Work admit(HttpRequest head) {
        return (body, loop) -> Deadline.of(PATIENCE, check(), loop)
                .handle((healthy, failure) -> answer(failure == null && Boolean.TRUE.equals(healthy)));
    }

    private CompletionStage<Boolean> check() {
        try {
            return database.check();
        } catch (RuntimeException unhealthy) {
            return CompletableFuture.failedFuture(unhealthy);
        }
    }

    private Answer answer(boolean databaseHealthy) {
        boolean healthy = databaseHealthy && !draining.getAsBoolean();
        Answer answer = Answer.json(healthy ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE, json -> {
            json.writeStringField("status", healthy ? "healthy" : "unhealthy");
            json.writeStringField("database", databaseHealthy ? "healthy" : "unhealthy");
            json.writeObjectFieldStart("buffer");
            for (RecordType type : flow.types()) {
                json.writeNumberField(type.name() + "_count", flow.statistics().inMemory(type.ordinal()));
            }
            json.writeStringField(
                    "last_flush",
                    flow.statistics().lastFlush().map(Moments::text).orElse(null));
            json.writeEndObject();
        });
        return healthy ? answer : answer.with(Answer.RETRY_SOON);
    }
}
