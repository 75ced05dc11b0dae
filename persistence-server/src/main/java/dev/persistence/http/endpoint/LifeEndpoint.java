package dev.persistence.http.endpoint;

import dev.persistence.http.answer.Answer;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /health/live} and {@code GET /health/ready}: for whoever restarts the process, and for whoever sends
 * requests to it. Neither asks the database: an outage there is no reason to do either.
 *
 * <table>
 * <caption>Answers, beside the refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>200</td><td>{@code live}: always; {@code ready}: until the service is stopping</td></tr>
 * <tr><td>503 with Retry-After</td><td>{@code ready}: the service is stopping</td></tr>
 * </table>
 */
final class LifeEndpoint implements Endpoint {

    private final String word;
    private final BooleanSupplier stopping;

    private LifeEndpoint(String word, BooleanSupplier stopping) {
        this.word = word;
        this.stopping = stopping;
    }

    static LifeEndpoint live() {
        return new LifeEndpoint("live", () -> false);
    }

    static LifeEndpoint ready(BooleanSupplier draining) {
        return new LifeEndpoint("ready", draining);
    }

    @Override
    public boolean answersWhileDraining() {
        return true;
    }

    @Override
    public Work admit(HttpRequest head) {
        return (body, loop) -> Endpoint.now(answer());
    }

    private Answer answer() {
        if (stopping.getAsBoolean()) {
            return Answer.json(
                            HttpResponseStatus.SERVICE_UNAVAILABLE, json -> json.writeStringField("status", "draining"))
                    .with(Answer.RETRY_SOON);
        }
        return Answer.json(HttpResponseStatus.OK, json -> json.writeStringField("status", word));
    }
}
