package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.bench.stations.StationRing;
import dev.persistence.bench.stations.TaskBodies;
import dev.persistence.schema.RecordType;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One value of one column of the tasks, out of an array of 100: {@code parsed} is what the parser takes to come to its
 * characters, {@code read} adds its check, its conversion and its storing. All figures are per value.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(TaskBodies.RECORDS)
public class ValueBenchmark {

    /** Columns with a value each; JMH makes the cases from the names. */
    public enum Value {
        TIMESTAMP("start_time", "\"2026-01-02T03:04:05.678901Z\""),
        INTEGER("duration_ms", "1444"),
        DECIMAL("confidence", "0.9731"),
        STRING("status", "\"completed\""),
        TEXT(
                "target_text",
                "\"Der alte Leuchtturmwärter hob seine Lampe und sagte: „Seit dem Sturm ist hier niemand mehr"
                        + " vorbeigekommen.“\\nBleib bis zum Morgen. 😀\"");

        private final String column;
        private final String json;

        Value(String column, String json) {
            this.column = column;
            this.json = json;
        }
    }

    @Param
    private Value value;

    private final JsonFactory parsers = DecodeBenchmark.parsers();
    private final DecodedBatch batch = new DecodedBatch();
    private byte[] array;
    private RecordType tasks;
    private ValueReader reader;

    @Setup
    public void open() {
        tasks = StationRing.shippedTypes().named("tasks").orElseThrow();
        array = TaskBodies.array(value.json);
        int column = IntStream.range(0, tasks.columns().size())
                .filter(index -> tasks.columns().get(index).name().equals(value.column))
                .findFirst()
                .orElseThrow();
        reader = ValueReader.of(tasks.columns().get(column), column, ZoneOffset.UTC, new JsonSource());
    }

    @Benchmark
    public int parsed() throws IOException {
        int characters = 0;
        try (JsonParser parser = parsers.createParser(array)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                characters += parser.getTextCharacters().length + parser.getTextLength();
            }
        }
        return characters;
    }

    @Benchmark
    public int read() throws IOException {
        batch.begin(tasks, array.length);
        batch.beginRecord();
        try (JsonParser parser = parsers.createParser(array)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                String fault = reader.read(parser, batch);
                if (fault != null) {
                    throw new IllegalStateException(fault);
                }
            }
        }
        return batch.bytes();
    }
}
