package dev.persistence.http.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Json;
import dev.persistence.http.answer.Moments;
import dev.persistence.schema.RecordType;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;

/**
 * {@code GET /api/v1/persistence/stats}: the running totals. Each number is right on its own; they are read one after
 * another while the flow goes on.
 *
 * <table>
 * <caption>Answers, beside the refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>200</td><td>always</td></tr>
 * </table>
 */
final class StatsEndpoint implements Endpoint {

    private final RecordFlow flow;
    private final ServiceInfo info;
    private final long startNanos;

    StatsEndpoint(RecordFlow flow, ServiceInfo info) {
        this.flow = flow;
        this.info = info;
        this.startNanos = flow.clock().nanos();
    }

    @Override
    public Work admit(HttpRequest head) {
        return (body, loop) -> Endpoint.now(Answer.json(HttpResponseStatus.OK, json -> {
            writeBuffer(json);
            writeFlushes(json);
            writePerformance(json);
        }));
    }

    private void writeBuffer(JsonGenerator json) throws IOException {
        long total = 0;
        json.writeObjectFieldStart("buffer");
        for (RecordType type : flow.types()) {
            long count = flow.statistics().inMemory(type.ordinal());
            json.writeNumberField(type.name() + "_count", count);
            total += count;
        }
        json.writeNumberField("total_count", total);
        json.writeNumberField("capacity", info.bufferCapacity());
        json.writeNumberField("usage_percent", Math.round(1000.0 * total / info.bufferCapacity()) / 10.0);
        json.writeNumberField("ring_size", flow.ring().size());
        json.writeNumberField("ring_remaining", flow.ring().remaining());
        json.writeNumberField("unwritten_bytes", flow.ring().unwrittenBytes());
        json.writeNumberField("oldest_unwritten_ms", flow.ring().oldestUnwrittenMillis());
        json.writeEndObject();
    }

    private void writeFlushes(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("flush_info");
        writeMoment(json, "last_flush_time", flow.statistics().lastFlush());
        writeMoment(json, "next_flush_time", nextFlush());
        json.writeNumberField("flush_count_today", flow.statistics().flushesToday());
        Json.writeRounded(json, "average_flush_duration_ms", flow.statistics().averageFlushMillis());
        json.writeEndObject();
    }

    private void writePerformance(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("performance");
        writeByType(json, "_written", flow.statistics()::written);
        json.writeNumberField("total_flush_count", flow.statistics().flushes());
        Json.writeRounded(json, "average_batch_size", flow.statistics().averageBatchSize());
        json.writeNumberField(
                "uptime_seconds", TimeUnit.NANOSECONDS.toSeconds(flow.clock().nanos() - startNanos));
        writeByType(json, "_failed", flow.statistics()::failed);
        json.writeNumberField("total_rows_written", flow.statistics().rowsWritten());
        json.writeNumberField("total_merged", flow.statistics().merged());
        json.writeEndObject();
    }

    private void writeByType(JsonGenerator json, String suffix, IntToLongFunction count) throws IOException {
        for (RecordType type : flow.types()) {
            json.writeNumberField("total_" + type.name() + suffix, count.applyAsLong(type.ordinal()));
        }
    }

    /** When the age of the oldest unwritten record makes a flush due, unless another threshold does before. */
    private Optional<Instant> nextFlush() {
        boolean buffered = flow.ring().remaining() < flow.ring().size();
        if (!buffered) {
            return Optional.empty();
        }
        Instant now = Moments.instant(flow.clock().micros());
        return Optional.of(
                now.plus(info.flushInterval()).minusMillis(flow.ring().oldestUnwrittenMillis()));
    }

    private static void writeMoment(JsonGenerator json, String name, Optional<Instant> moment) throws IOException {
        if (moment.isPresent()) {
            json.writeStringField(name, Moments.text(moment.get()));
        } else {
            json.writeNullField(name);
        }
    }
}
