package dev.persistence.http.endpoint;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.page.StatusPage;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/**
 * {@code GET /}: the status page for browsers, name and version for everybody else.
 *
 * <table>
 * <caption>Answers, beside the refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>200</td><td>always; HTML where {@code Accept} names it, JSON otherwise</td></tr>
 * </table>
 */
final class RootEndpoint implements Endpoint {

    private static final String HTML = "text/html"; // which browsers name; programs take JSON or anything
    private static final String JSON = "application/json";

    private final Answer page = StatusPage.answer();
    private final Answer description;

    RootEndpoint(ServiceInfo info) {
        this.description = Answer.json(HttpResponseStatus.OK, json -> {
                    json.writeStringField("service", "Persistence Service");
                    json.writeStringField("status", "running");
                    json.writeStringField("version", info.version());
                })
                .with(Map.of(HttpHeaderNames.VARY, "Accept"));
    }

    @Override
    public Work admit(HttpRequest head) {
        boolean browser =
                AcceptedValues.of(head.headers(), HttpHeaderNames.ACCEPT).prefer(HTML, JSON);
        Answer answer = browser ? page : description;
        return (body, loop) -> Endpoint.now(answer);
    }
}
