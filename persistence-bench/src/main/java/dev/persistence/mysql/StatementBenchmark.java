package dev.persistence.mysql;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.Row;
import dev.persistence.batch.RowGroup;
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

/** The text of one upsert of 1000 tasks. All figures are per row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(StatementBenchmark.ROWS)
public class StatementBenchmark {

    static final int ROWS = 1000;

    private final StatementText text = new StatementText();
    private RowGroup group;
    private UpsertSql sql;

    @Setup
    public void gather() {
        RecordTypes types = StationRing.shippedTypes();
        GatheredTasks tasks = new GatheredTasks(types);
        for (int number = 0; number < ROWS; number++) {
            tasks.add(KeyOrder.RANDOM.key(number), number);
        }
        group = RecordBatch.of(types, tasks.records()).groups().get(0);
        sql = UpsertSql.of(Dialect.MYSQL, group.type(), group.present());
    }

    /** Rendered as UTF-8, in the array that every statement uses. */
    @Benchmark
    public int rendered() {
        sql.begin(text);
        boolean first = true;
        for (Row row : group.rows()) {
            if (!first) {
                text.raw(',');
            }
            first = false;
            sql.row(text, row.record(), row.creationMicros());
        }
        sql.end(text);
        return text.length();
    }

    /** Like {@code rendered}, and made the string that JDBC takes. */
    @Benchmark
    public String asString() {
        rendered();
        return text.toString();
    }
}
