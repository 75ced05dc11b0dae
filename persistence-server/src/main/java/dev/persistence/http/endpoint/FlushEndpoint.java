package dev.persistence.http.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.ProblemType;
import dev.persistence.ring.FlushReport;
import dev.persistence.schema.RecordType;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /api/v1/persistence/flush}: a barrier behind every record accepted before it, over any connection. A body
 * is allowed and dropped.
 *
 * <table>
 * <caption>Answers, beside the refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>200</td><td>every such record is committed, or was refused by the database on its own ({@code failed})</td></tr>
 * <tr><td>503 with Retry-After</td><td>records were lost with their batch ({@code lost})</td></tr>
 * <tr><td>504</td><td>not done within {@code flush-timeout}; the flush goes on</td></tr>
 * </table>
 */
final class FlushEndpoint implements Endpoint {

    private final RecordFlow flow;
    private final Duration timeout;
    private final Answer late;

    FlushEndpoint(RecordFlow flow, Duration timeout) {
        this.flow = flow;
        this.timeout = timeout;
        this.late = Problem.of(
                HttpResponseStatus.GATEWAY_TIMEOUT,
                ProblemType.FLUSH_TIMEOUT,
                "the flush did not end within " + timeout.toMillis() + " ms (service.flush-timeout); it goes on");
    }

    @Override
    public Work admit(HttpRequest head) {
        return (body, loop) -> Deadline.of(timeout, flow.ring().markFlush().report(), loop)
                .handle((report, tooLate) -> tooLate == null ? answer(report) : late);
    }

    private Answer answer(FlushReport report) {
        if (report.lost() == 0) {
            return Answer.json(HttpResponseStatus.OK, json -> {
                json.writeStringField("status", "flushed");
                writeCounts(json, report);
            });
        }
        return Answer.json(HttpResponseStatus.SERVICE_UNAVAILABLE, json -> {
                    json.writeStringField("status", "error");
                    json.writeStringField(
                            "detail",
                            report.lost() + " records were lost with their batch: the database could not take it");
                    writeCounts(json, report);
                    json.writeNumberField("lost", report.lost());
                })
                .with(Answer.RETRY_SOON);
    }

    private void writeCounts(JsonGenerator json, FlushReport report) throws IOException {
        for (RecordType type : flow.types()) {
            json.writeNumberField(type.name() + "_written", report.written().get(type.ordinal()));
        }
        json.writeNumberField("duration_ms", TimeUnit.NANOSECONDS.toMillis(report.nanos()));
        json.writeNumberField("failed", report.refused());
    }
}
