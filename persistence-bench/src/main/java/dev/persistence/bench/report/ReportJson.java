package dev.persistence.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.load.ResponseTimes;
import dev.persistence.bench.probe.Usage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A report as JSON. Names carry their units; what could not be measured is null; nanosecond clocks become seconds since
 * the first request.
 */
public final class ReportJson {

    private final JsonGenerator json;
    private final RunReport report;

    private ReportJson(JsonGenerator json, RunReport report) {
        this.json = json;
        this.report = report;
    }

    /** The whole report as one object. */
    public static String of(RunReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            new ReportJson(json, report).write();
        } catch (IOException impossible) { // a text in memory takes everything
            throw new UncheckedIOException(impossible);
        }
        return text.append('\n').toString();
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("title", report.title());
        json.writeStringField("began", report.began().toString());
        texts("setup", report.setup());
        texts("machine", report.machine());
        json.writeStringField("failure", report.load().failure().orElse(null));
        accepted();
        visible();
        responseTimes();
        usage();
        slices();
        samples();
        json.writeEndObject();
    }

    private void texts(String name, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }

    private void accepted() throws IOException {
        LoadResult load = report.load();
        json.writeObjectFieldStart("accepted");
        json.writeNumberField("records", load.acceptedRecords());
        json.writeNumberField("requests", load.acceptedRequests());
        json.writeNumberField("bytes", load.acceptedBytes());
        number("seconds", load.seconds());
        number("records_per_second", load.acceptedRecordsPerSecond());
        json.writeEndObject();
        json.writeObjectFieldStart("refused");
        json.writeNumberField("requests", load.refusedRequests());
        json.writeObjectFieldStart("by_status");
        for (Map.Entry<Integer, Long> status : load.refusals().entrySet()) {
            json.writeNumberField(Integer.toString(status.getKey()), status.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("abandoned_requests", load.abandonedRequests());
        json.writeEndObject();
    }

    private void visible() throws IOException {
        RunReport.Visible visible = report.visible();
        json.writeObjectFieldStart("visible");
        boolean counted = visible.countedBy() != RunReport.CountedBy.NOBODY;
        optional("rows", counted ? OptionalLong.of(visible.rows()) : OptionalLong.empty());
        json.writeStringField("counted_by", visible.countedBy().name().toLowerCase(Locale.ROOT));
        number("seconds", visible.seconds());
        optional("rows_per_second", counted ? OptionalDouble.of(visible.rowsPerSecond()) : OptionalDouble.empty());
        number("written_records_per_second", report.writtenRecordsPerSecond());
        json.writeEndObject();
    }

    private void responseTimes() throws IOException {
        json.writeObjectFieldStart("response_times");
        times("accepted", report.load().accepted());
        times("refused", report.load().refused());
        times("waits", report.load().waits());
        json.writeEndObject();
    }

    private void times(String name, ResponseTimes times) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", times.count());
        number("mean_us", times.mean());
        json.writeNumberField("p50_us", times.p50());
        json.writeNumberField("p90_us", times.p90());
        json.writeNumberField("p99_us", times.p99());
        json.writeNumberField("p999_us", times.p999());
        json.writeNumberField("max_us", times.max());
        json.writeArrayFieldStart("curve_percentile_us");
        for (ResponseTimes.Point point : times.curve()) {
            row(point.percentile(), point.micros());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void usage() throws IOException {
        Usage usage = report.usage();
        json.writeObjectFieldStart("cpu");
        number("generator_seconds", usage.generatorCpuSeconds());
        number("generator_us_per_record", report.generatorMicrosPerRecord());
        optional("service_seconds", usage.serviceCpuSeconds());
        optional("service_us_per_record", report.serviceMicrosPerRecord());
        optional("database_seconds", usage.databaseCpuSeconds());
        optional("database_us_per_record", report.databaseMicrosPerRecord());
        json.writeEndObject();
        jvm(usage);
        statements(usage);
        json.writeObjectFieldStart("ring");
        optional("fullest_percent", report.fullestRingPercent());
        optional("most_unwritten_bytes", report.mostUnwrittenBytes());
        json.writeEndObject();
        json.writeArrayFieldStart("notes");
        for (String note : usage.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
    }

    private void jvm(Usage usage) throws IOException {
        json.writeObjectFieldStart("memory");
        optional("peak_bytes", usage.peakMemoryBytes());
        optional("allocated_bytes_per_record", report.allocatedBytesPerRecord());
        optional("event_loop_bytes_per_record", report.eventLoopBytesPerRecord());
        if (usage.jvm().isPresent()) {
            Usage.Jvm jvm = usage.jvm().get();
            json.writeNumberField("allocated_bytes", jvm.allocatedBytes());
            json.writeNumberField("event_loop_allocated_bytes", jvm.eventLoopBytes());
            json.writeNumberField("writer_allocated_bytes", jvm.writerBytes());
            json.writeNumberField("gc_count", jvm.collections());
            json.writeNumberField("gc_pause_ms", jvm.pauseMillis());
            json.writeNumberField("gc_longest_pause_ms", jvm.longestPauseMillis());
            json.writeNumberField("heap_after_gc_bytes", jvm.heapAfterCollectionBytes());
        }
        json.writeEndObject();
    }

    private void statements(Usage usage) throws IOException {
        json.writeObjectFieldStart("statements");
        if (usage.statements().isPresent()) {
            json.writeNumberField("inserts", usage.statements().get().inserts());
            json.writeNumberField("commits", usage.statements().get().commits());
        }
        optional("inserts_per_record", report.insertsPerRecord());
        json.writeEndObject();
    }

    private void slices() throws IOException {
        json.writeArrayFieldStart("accepted_seconds_records_refusals");
        for (LoadResult.Slice slice : report.load().slices()) {
            row(slice.endNanos() / 1e9, slice.acceptedRecords(), slice.refusedRequests());
        }
        json.writeEndArray();
    }

    private void samples() throws IOException {
        List<Usage.Sample> samples = report.usage().samples();
        json.writeArrayFieldStart("ring_seconds_size_remaining_bytes_written_rows");
        for (Usage.Sample sample : samples) {
            row(
                    (sample.nanos() - report.load().beginNanos()) / 1e9,
                    sample.ringSize(),
                    sample.ringRemaining(),
                    sample.unwrittenBytes(),
                    sample.writtenRecords(),
                    sample.writtenRows());
        }
        json.writeEndArray();
    }

    private void row(double first, long... more) throws IOException {
        json.writeStartArray();
        json.writeRawValue(Double.isFinite(first) ? rounded(first) : "null");
        for (long value : more) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }

    private void optional(String name, OptionalDouble value) throws IOException {
        number(name, value.orElse(Double.NaN));
    }

    private void optional(String name, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }

    /** Null where a division had nothing to divide by. */
    private void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeFieldName(name);
            json.writeRawValue(rounded(value));
        } else {
            json.writeNullField(name);
        }
    }

    /** Six significant digits are more than was measured; percentiles near 100 need some more. */
    private static String rounded(double value) {
        return new BigDecimal(value)
                .round(new MathContext(9))
                .stripTrailingZeros()
                .toPlainString();
    }
}
