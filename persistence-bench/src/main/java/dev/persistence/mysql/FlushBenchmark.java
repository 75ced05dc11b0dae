package dev.persistence.mysql;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.WriteOutcome;
import dev.persistence.bench.stations.FreshDatabase;
import dev.persistence.bench.stations.GatheredTasks;
import dev.persistence.bench.stations.StationRing;
import dev.persistence.bench.workload.KeyOrder;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.PipelineMetrics;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One flush of 1000 tasks, from the records in the ring to the committed rows on a real server: merged, sorted, rendered,
 * sent, committed. All figures are per row.
 *
 * <p>Each iteration begins with the same table; new rows make it grow until the next. A flush takes tens
 * of milliseconds, so what is done between two of them does not disturb the clock; and it leaves no garbage, so it does
 * not show in the allocation either.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@OperationsPerInvocation(FlushBenchmark.ROWS)
public class FlushBenchmark {

    static final int ROWS = 1000;
    private static final long FIRST_MICROS = 1_767_323_045_000_000L; // 2026-01-02 03:04:05

    /** What the rows of a flush find in the table. */
    public enum Rows {
        NEW(0),
        EXISTING(ROWS),
        MIXED(ROWS / 2);

        private final int existing;

        Rows(int existing) {
            this.existing = existing;
        }
    }

    /** A server of the run; the command puts the names of those it was given in place of this one. */
    @Param("embedded")
    private String server;

    @Param
    private Rows rows;

    @Param
    private KeyOrder keys;

    /** Rows that the table holds when an iteration begins; a multiple of {@value #ROWS}. */
    @Param("10000")
    private int tableRows;

    private final RecordTypes declared = StationRing.shippedTypes();
    private FreshDatabase database;
    private ConnectionPool pool;
    private RecordTypes types;
    private MySqlStore store;
    private GatheredTasks tasks;
    private long nextNew;
    private long nextExisting;
    private long micros = FIRST_MICROS;

    @Setup(Level.Trial)
    public void open() throws SQLException {
        database = FreshDatabase.on(server);
        pool = ConnectionPool.open(database.settings());
        new SchemaMigration(pool).migrate();
        types = new SchemaCheck(pool).check(declared).types();
        store = new MySqlStore(pool, PipelineMetrics.NONE);
        tasks = new GatheredTasks(types);
        for (int number = 0; number < tableRows; number++) {
            add(number);
            if (tasks.records().size() == ROWS) {
                flush();
                tasks.clear();
            }
        }
        database.execute("CREATE TABLE existing AS SELECT * FROM translation_tasks");
    }

    /** The server copies the rows by itself. */
    @Setup(Level.Iteration)
    public void restore() throws SQLException {
        database.execute("TRUNCATE TABLE translation_tasks");
        database.execute("INSERT INTO translation_tasks SELECT * FROM existing ORDER BY task_id");
        nextNew = tableRows;
        nextExisting = 0;
    }

    @Setup(Level.Invocation)
    public void gather() {
        tasks.clear();
        micros += TimeUnit.SECONDS.toMicros(1); // newer than all before, or an existing row would stay as it is
        for (int row = 0; row < rows.existing; row++) {
            add(nextExisting);
            nextExisting = (nextExisting + 1) % tableRows;
        }
        for (int row = rows.existing; row < ROWS; row++) {
            add(nextNew++);
        }
    }

    private void add(long number) {
        tasks.add(keys.key(number), micros);
    }

    @Benchmark
    public WriteOutcome flush() {
        WriteOutcome outcome = store.write(RecordBatch.of(types, tasks.records()));
        if (outcome instanceof WriteOutcome.Lost lost) {
            throw new IllegalStateException("the flush is lost: " + lost.reason());
        } else if (outcome instanceof WriteOutcome.Committed committed
                && !committed.refusals().isEmpty()) {
            throw new IllegalStateException(
                    "the database refused " + committed.refusals().size() + " records: "
                            + committed.refusals().get(0).reason());
        }
        return outcome;
    }

    @TearDown(Level.Trial)
    public void drop() throws SQLException {
        pool.close();
        database.close();
    }
}
