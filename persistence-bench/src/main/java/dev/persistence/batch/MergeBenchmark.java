package dev.persistence.batch;

import dev.persistence.bench.stations.GatheredTasks;
import dev.persistence.bench.stations.StationRing;
import dev.persistence.bench.workload.KeyOrder;
import dev.persistence.schema.RecordTypes;
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

/** 1000 records of the ring, merged into rows and sorted by key. All figures are per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(MergeBenchmark.RECORDS)
public class MergeBenchmark {

    static final int RECORDS = 1000;

    /** Tasks whose states follow one another in the ring, state by state. */
    private static final int TOGETHER = 25;

    private static final int STATES = 4;

    private final RecordTypes types = StationRing.shippedTypes();
    private final GatheredTasks randomKeys = new GatheredTasks(types);
    private final GatheredTasks orderedKeys = new GatheredTasks(types);
    private final GatheredTasks fourStates = new GatheredTasks(types);

    @Setup
    public void gather() {
        for (int number = 0; number < RECORDS; number++) {
            randomKeys.add(KeyOrder.RANDOM.key(number), number);
            orderedKeys.add(KeyOrder.ORDERED.key(number), number);
            int task = number / (STATES * TOGETHER) * TOGETHER + number % TOGETHER;
            fourStates.add(KeyOrder.RANDOM.key(task), number);
        }
    }

    /** As many rows as records. */
    @Benchmark
    public RecordBatch randomKeys() {
        return RecordBatch.of(types, randomKeys.records());
    }

    /** As many rows as records, in the order of their keys already. */
    @Benchmark
    public RecordBatch orderedKeys() {
        return RecordBatch.of(types, orderedKeys.records());
    }

    /** Four states of each task, so a row for every four records. */
    @Benchmark
    public RecordBatch fourStates() {
        return RecordBatch.of(types, fourStates.records());
    }
}
