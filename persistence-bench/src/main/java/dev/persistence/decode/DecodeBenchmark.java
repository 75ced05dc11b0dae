package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.bench.stations.StationRing;
import dev.persistence.bench.stations.TaskBodies;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.PipelineMetrics;
import java.io.IOException;
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
 * A body of 100 tasks, about 68 KiB: from bytes to a checked batch, and on to the slots of the ring. All figures are per
 * record.
 *
 * <p>Checking and storing a value are one step of the decoder, so their cost is read as a difference: {@code json} less
 * {@code parserTexts} is validation, conversion and storing; of that, {@code utf8} is the check of the encoding. What
 * single values cost is in {@link ValueBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(TaskBodies.RECORDS)
public class DecodeBenchmark {

    private final byte[] json = TaskBodies.json();
    private final byte[] lines = TaskBodies.lines();
    private final byte[] oneFault = TaskBodies.oneFault();
    private final byte[] allFaults = TaskBodies.allFaults();
    private final JsonFactory parsers = parsers();
    private RecordType tasks;
    private BatchDecoder decoder;
    private ArrivalClock clock;
    private RecordRing ring;
    private RecordRing.Consumer consumer;

    @Setup
    public void open() {
        RecordTypes types = StationRing.shippedTypes();
        tasks = types.named("tasks").orElseThrow();
        decoder = new BatchDecoder(types, ZoneOffset.UTC, TaskBodies.RECORDS);
        clock = ArrivalClock.system();
        ring = StationRing.create(types);
        consumer = ring.consumer();
    }

    /** As the decoder has it, save for the limits. */
    static JsonFactory parsers() {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /** The strict check of the encoding alone. */
    @Benchmark
    public boolean utf8() {
        return Utf8.isValid(json, 0, json.length);
    }

    /** The parser alone, which skips over texts: the floor of any decoder on it. */
    @Benchmark
    public int parserTokens() throws IOException {
        int tokens = 0;
        try (JsonParser parser = parsers.createParser(json)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** The parser alone, asked for the characters of each text, as the decoder does. */
    @Benchmark
    public int parserTexts() throws IOException {
        int characters = 0;
        try (JsonParser parser = parsers.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    characters += parser.getTextCharacters().length + parser.getTextLength();
                }
            }
        }
        return characters;
    }

    /** Decoded and checked. */
    @Benchmark
    public DecodeResult json() {
        return decoded(BodyFormat.JSON, json);
    }

    @Benchmark
    public DecodeResult lines() {
        return decoded(BodyFormat.NDJSON, lines);
    }

    /** Refused with a 422 for the last record, after all the work. */
    @Benchmark
    public DecodeResult oneFault() {
        return refused(oneFault);
    }

    /** Refused with a 422 that names the first twenty records. */
    @Benchmark
    public DecodeResult allFaults() {
        return refused(allFaults);
    }

    /** Like {@code json}, then claimed, filled, published and settled: a ring that is always drained. */
    @Benchmark
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

    private DecodeResult refused(byte[] body) {
        if (decoder.decode(tasks, BodyFormat.JSON, body, 0, body.length) instanceof DecodeResult.Invalid invalid) {
            return invalid;
        }
        throw new IllegalStateException("the body was not refused");
    }
}
