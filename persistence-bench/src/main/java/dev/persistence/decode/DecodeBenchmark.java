package dev.persistence.decode;

import com.typesafe.config.ConfigFactory;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.PipelineMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A body of 100 tasks, about 67 KB: from bytes to a checked batch, and on to the slots of the ring. All figures are per
 * record; {@code -prof gc} adds the bytes allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {

    private static final int RECORDS = 100;

    private RecordType tasks;
    private byte[] json;
    private byte[] lines;
    private BatchDecoder decoder;
    private ArrivalClock clock;
    private RecordRing ring;
    private RecordRing.Consumer consumer;

    @Setup
    public void open() {
        RecordTypes types = Declarations.read(ConfigFactory.parseResources("record-types.conf"));
        tasks = types.named("tasks").orElseThrow();
        StringBuilder records = new StringBuilder(task(0));
        for (int index = 1; index < RECORDS; index++) {
            records.append('\n').append(task(index));
        }
        lines = records.toString().getBytes(StandardCharsets.UTF_8);
        json = ("{\"tasks\":[" + records.toString().replace('\n', ',') + "]}").getBytes(StandardCharsets.UTF_8);
        decoder = new BatchDecoder(types, ZoneOffset.UTC, RECORDS);
        clock = ArrivalClock.system();
        ring = new RecordRing(1024, 1L << 30, types.size(), RecordType.MAX_COLUMNS, Duration.ofSeconds(1), clock);
        consumer = ring.consumer();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public DecodeResult json() {
        return decoded(BodyFormat.JSON, json);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public DecodeResult lines() {
        return decoded(BodyFormat.NDJSON, lines);
    }

    /** As above, then claimed, filled, published and settled: a ring that is always drained. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long jsonToRing() {
        if (!decoded(BodyFormat.JSON, json).publish(ring, clock, PipelineMetrics.NONE)) {
            throw new IllegalStateException("the ring is full");
        }
        consumer.settle(consumer.claimed());
        return consumer.settled();
    }

    private DecodedBatch decoded(BodyFormat format, byte[] body) {
        if (decoder.decode(tasks, format, body, 0, body.length) instanceof DecodedBatch batch) {
            return batch;
        }
        throw new IllegalStateException("the body was refused");
    }

    private static String task(int index) {
        return "{\"task_id\":\"4f1c2d7e-%08x\",\"session_id\":\"9b2d7c10-5a3f-4e1b-8c6d-2f4a6b8c0d1e\"".formatted(index)
                + ",\"batch_id\":\"batch_%04d\",\"sheet_name\":\"Dialogue\",\"row_index\":%d"
                        .formatted(index / 10, index)
                + ",\"column_name\":\"text_en\",\"source_text\":\"The old lighthouse keeper lifted his lamp and said: "
                + "\\\"Nobody has come this way since the storm, traveller.\\\"\\nStay until the morning.\""
                + ",\"target_text\":\"Der alte Leuchtturmwärter hob seine Lampe und sagte: „Seit dem Sturm ist hier "
                + "niemand mehr vorbeigekommen.“ 😀\",\"context\":\"speaker=keeper; scene=lighthouse_03\""
                + ",\"status\":\"completed\",\"confidence\":0.9731,\"error_message\":null,\"retry_count\":0"
                + ",\"start_time\":\"2026-01-02T03:04:05.678901Z\",\"end_time\":\"2026-01-02T03:04:07.123456Z\""
                + ",\"duration_ms\":1444,\"created_at\":\"2026-01-02T03:04:05Z\""
                + ",\"updated_at\":\"2026-01-02T03:04:07.123456Z\"}";
    }
}
