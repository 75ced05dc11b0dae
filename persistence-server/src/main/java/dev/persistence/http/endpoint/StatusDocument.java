package dev.persistence.http.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.persistence.http.answer.Json;
import dev.persistence.http.answer.Moments;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.RecordType;
import dev.persistence.telemetry.FlowStatistics;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RecentFailure;
import dev.persistence.telemetry.RefusalReason;
import dev.persistence.telemetry.TimeBuckets;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Writes what the status page shows. Each number is right on its own; they are read one after another. */
final class StatusDocument {

    private final RecordFlow flow;
    private final FlowStatistics statistics;
    private final ServiceInfo info;

    StatusDocument(RecordFlow flow, ServiceInfo info) {
        this.flow = flow;
        this.statistics = flow.statistics();
        this.info = info;
    }

    void write(JsonGenerator json, boolean databaseHealthy, boolean draining, long uptimeMillis) throws IOException {
        json.writeObjectFieldStart("service");
        json.writeStringField("version", info.version());
        json.writeStringField("time", Moments.text(flow.clock().micros()));
        json.writeNumberField("uptime_ms", uptimeMillis);
        json.writeBooleanField("draining", draining);
        json.writeStringField("database", databaseHealthy ? "healthy" : "unhealthy");
        json.writeEndObject();
        writeTypes(json);
        writeBuffer(json);
        writeFlushes(json);
        writeFailures(json);
        writeSettings(json);
    }

    private void writeTypes(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("types");
        for (RecordType type : flow.types()) {
            int ordinal = type.ordinal();
            json.writeStartObject();
            json.writeStringField("name", type.name());
            json.writeNumberField("accepted", statistics.accepted(ordinal));
            json.writeNumberField("written", statistics.written(ordinal));
            json.writeNumberField("merged", statistics.merged(ordinal));
            json.writeNumberField("unwritten", statistics.inMemory(ordinal));
            json.writeNumberField("refused", statistics.refused(ordinal));
            json.writeNumberField("lost", statistics.lost(ordinal));
            json.writeNumberField("dead_lettered", statistics.deadLettered(ordinal));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeBuffer(JsonGenerator json) throws IOException {
        RecordRing ring = flow.ring();
        json.writeObjectFieldStart("buffer");
        json.writeNumberField("ring_size", ring.size());
        json.writeNumberField("ring_remaining", ring.remaining());
        json.writeNumberField("unwritten_bytes", ring.unwrittenBytes());
        json.writeNumberField("max_unwritten_bytes", ring.maxUnwrittenBytes());
        json.writeNumberField("oldest_unwritten_ms", ring.oldestUnwrittenMillis());
        json.writeNumberField("flush_interval_ms", info.flushInterval().toMillis());
        json.writeNumberField("max_buffer_size", info.bufferCapacity());
        json.writeEndObject();
    }

    private void writeFlushes(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("flushes");
        json.writeNumberField("count", statistics.flushes());
        json.writeNumberField("rows", statistics.rowsWritten());
        Json.writeRounded(json, "average_ms", statistics.averageFlushMillis());
        Json.writeRounded(json, "average_records", statistics.averageBatchSize());
        json.writeStringField("last", statistics.lastFlush().map(Moments::text).orElse(null));
        writeCounts(json, "by_reason", statistics.flushesBy(), FlushReason::label);
        writeTimes(json, statistics.flushTimes());
        json.writeEndObject();
    }

    /** JSON has no infinity: the last bound is null. */
    private static void writeTimes(JsonGenerator json, TimeBuckets times) throws IOException {
        json.writeObjectFieldStart("times");
        json.writeArrayFieldStart("upper_bounds_seconds");
        for (double bound : times.upperBoundsSeconds()) {
            if (Double.isInfinite(bound)) {
                json.writeNull();
            } else {
                json.writeNumber(bound);
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("counts");
        for (long count : times.counts()) {
            json.writeNumber(count);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeFailures(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("failures");
        writeCounts(json, "lost", statistics.lostBy(), LossReason::label);
        writeCounts(json, "refused", statistics.refusedBy(), RefusalReason::label);
        json.writeArrayFieldStart("recent");
        for (RecentFailure failure : statistics.recentFailures()) {
            json.writeStartObject();
            json.writeStringField("at", Moments.text(failure.at()));
            json.writeStringField("kind", failure.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("type", flow.types().get(failure.type()).name());
            json.writeNumberField("records", failure.records());
            json.writeStringField("reason", failure.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeSettings(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("settings");
        for (SettingInForce setting : info.settings()) {
            json.writeStartObject();
            json.writeStringField("name", setting.name());
            json.writeStringField("value", setting.value());
            json.writeStringField("source", setting.source());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static <R> void writeCounts(JsonGenerator json, String name, Map<R, Long> counts, Function<R, String> label)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<R, Long> count : counts.entrySet()) {
            json.writeNumberField(label.apply(count.getKey()), count.getValue());
        }
        json.writeEndObject();
    }
}
