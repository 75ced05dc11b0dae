package dev.persistence.http.endpoint;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Json;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * {@code GET /openapi.json}: what never changes while the service runs.
 *
 * <table>
 * <caption>Answers, beside the refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>200</td><td>always</td></tr>
 * </table>
 */
final class FixedEndpoint implements Endpoint {

    private final Answer answer;

    private FixedEndpoint(Answer answer) {
        this.answer = answer;
    }

    static FixedEndpoint json(Json.Members document) {
        return new FixedEndpoint(Answer.json(HttpResponseStatus.OK, document));
    }

    @Override
    public Work admit(HttpRequest head) {
        return (body, loop) -> Endpoint.now(answer);
    }
}
