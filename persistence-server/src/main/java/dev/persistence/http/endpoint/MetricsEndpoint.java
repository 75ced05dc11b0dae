package dev.persistence.http.endpoint;

import dev.persistence.http.answer.Answer;
import dev.persistence.telemetry.Exposition;
import dev.persistence.telemetry.Exposition.Format;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code GET /metrics}: all figures, for Prometheus. The page is written elsewhere; event loops only send it. What is
 * accepted by no name, or nothing, gets the text format.
 *
 * <table>
 * <caption>Answers, beside the refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>200</td><td>always</td></tr>
 * </table>
 */
final class MetricsEndpoint implements Endpoint {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String TEXT = "text/plain";

    private final Exposition exposition;

    MetricsEndpoint(Exposition exposition) {
        this.exposition = exposition;
    }

    @Override
    public boolean answersWhileDraining() {
        return true;
    }

    @Override
    public Work admit(HttpRequest head) {
        Format format = format(head.headers());
        boolean packed = acceptsGzip(head.headers());
        return (body, loop) ->
                exposition.page(format, packed).thenApplyAsync(page -> answer(format, packed, page), loop);
    }

    private static Format format(HttpHeaders headers) {
        return AcceptedValues.of(headers, HttpHeaderNames.ACCEPT).prefer(OPEN_METRICS, TEXT)
                ? Format.OPEN_METRICS
                : Format.TEXT;
    }

    private static boolean acceptsGzip(HttpHeaders headers) {
        return AcceptedValues.of(headers, HttpHeaderNames.ACCEPT_ENCODING).quality(HttpHeaderValues.GZIP.toString())
                > 0;
    }

    private static Answer answer(Format format, boolean packed, byte[] page) {
        Map<AsciiString, String> headers = new HashMap<>();
        headers.put(HttpHeaderNames.VARY, "Accept, Accept-Encoding");
        headers.put(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (packed) {
            headers.put(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP.toString());
        }
        return Answer.content(HttpResponseStatus.OK, AsciiString.cached(format.contentType()), page)
                .with(headers);
    }
}
