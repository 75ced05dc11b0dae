package dev.persistence.mysql;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.RecordStore;
import dev.persistence.batch.RowGroup;
import dev.persistence.batch.WriteOutcome;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.tracing.FlushTracing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Writes batches to MySQL or MariaDB, one transaction each. Consumer thread. */
public final class MySqlStore implements RecordStore {

    private static final int MOST_REPEATS = 3;
    private static final long LEAST_BYTES = 1L << 20;
    private static final long MOST_BYTES = 16L << 20;
    private static final long PACKET_MARGIN = 1024; // the packet's header, and what the driver may put before the text

    private final ConnectionPool pool;
    private final PipelineMetrics metrics;
    private final FlushTracing tracing;
    private final long maxStatementBytes;

    private volatile boolean givenUp; // set by any thread
    private volatile Connection inUse; // set by the consumer thread; null between writes

    // Owned by the consumer thread.
    private final UpsertStatements statements;
    private final StatementText text = new StatementText();

    /** A store whose flushes nobody follows. */
    public MySqlStore(ConnectionPool pool, PipelineMetrics metrics) {
        this(pool, metrics, FlushTracing.OFF);
    }

    public MySqlStore(ConnectionPool pool, PipelineMetrics metrics, FlushTracing tracing) {
        this.pool = pool;
        this.metrics = metrics;
        this.tracing = tracing;
        this.statements = new UpsertStatements(pool.server().dialect());
        this.maxStatementBytes = maxStatementBytes(
                pool.server().maxAllowedPacket(), Runtime.getRuntime().maxMemory());
    }

    /**
     * What a packet takes, and at most a 64th of the heap: on its way a statement exists some six times (our bytes, the
     * text, the driver's bytes, its packet, and the parts that TLS makes of it).
     */
    static long maxStatementBytes(long maxAllowedPacket, long heapBytes) {
        long target = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, heapBytes / 64));
        return Math.max(PACKET_MARGIN, Math.min(maxAllowedPacket - PACKET_MARGIN, target));
    }

    /** Half of what one statement takes, since a value may double when it is escaped, and rows have punctuation. */
    @Override
    public long statementBytes() {
        return maxStatementBytes / 2;
    }

    @Override
    public WriteOutcome write(RecordBatch batch) {
        if (batch.groups().isEmpty()) {
            return new WriteOutcome.Committed(List.of());
        }
        try {
            return writeWithRepeats(batch);
        } finally {
            text.release();
        }
    }

    private WriteOutcome writeWithRepeats(RecordBatch batch) {
        for (int repeats = 0; ; repeats++) {
            if (givenUp) {
                return new WriteOutcome.Lost(SqlFailure.GIVEN_UP.words(), SqlFailure.GIVEN_UP.loss());
            }
            try {
                Refusals refusals = writeOnce(batch);
                refusals.log();
                return new WriteOutcome.Committed(refusals.asList());
            } catch (GivenUp attempt) {
                if (attempt.failure.kind() != SqlFailure.Kind.AGAIN || repeats == MOST_REPEATS) {
                    return lost(attempt.failure);
                }
                metrics.retried();
                tracing.retried();
            }
        }
    }

    /** What a cut connection reports is only what {@link #giveUp} did to it. */
    private WriteOutcome lost(SqlFailure failure) {
        return givenUp && failure.connectionUnusable() && !failure.unknownOutcome()
                ? new WriteOutcome.Lost(SqlFailure.GIVEN_UP.words(), SqlFailure.GIVEN_UP.loss())
                : new WriteOutcome.Lost(failure.reason(), failure.loss());
    }

    private Refusals writeOnce(RecordBatch batch) throws GivenUp {
        Connection connection = borrow();
        inUse = connection;
        try {
            if (givenUp) { // asked when it could not know the connection yet
                throw new GivenUp(SqlFailure.GIVEN_UP, null);
            }
            Refusals refusals = execute(connection, batch);
            commit(connection);
            return refusals;
        } finally {
            inUse = null;
            giveBack(connection);
        }
    }

    /** Cuts the connection in use, which ends the call that waits for the database. */
    @Override
    public void giveUp() {
        givenUp = true;
        Connection connection = inUse;
        if (connection != null) {
            pool.abort(connection);
        }
    }

    private Connection borrow() throws GivenUp {
        try {
            return pool.connection();
        } catch (SQLException noConnection) {
            throw new GivenUp(SqlFailure.of(noConnection), noConnection);
        }
    }

    /** Says nothing about the batch: what became of that is known before. */
    private void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            pool.evict(connection);
        }
    }

    private Refusals execute(Connection connection, RecordBatch batch) throws GivenUp {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // braces are JSON, not JDBC escapes
            Isolation isolation =
                    new Isolation(statement, statements, text, pool.statementCharset(), maxStatementBytes);
            for (RowGroup group : batch.groups()) {
                isolation.write(group);
            }
            return isolation.refusals();
        } catch (SQLException failed) {
            SqlFailure failure = SqlFailure.of(failed);
            rollback(connection, failure, failed);
            throw new GivenUp(failure, failed);
        }
    }

    private void rollback(Connection connection, SqlFailure failure, SQLException failed) {
        boolean evict = failure.connectionUnusable();
        try {
            connection.rollback();
        } catch (SQLException rollbackFailed) {
            failed.addSuppressed(rollbackFailed);
            evict = true;
        }
        if (evict) {
            pool.evict(connection);
        }
    }

    private void commit(Connection connection) throws GivenUp {
        long start = System.nanoTime();
        try {
            connection.commit();
        } catch (SQLException failed) {
            SqlFailure failure = SqlFailure.ofCommit(failed);
            rollback(connection, failure, failed);
            throw new GivenUp(failure, failed);
        }
        metrics.committed(System.nanoTime() - start);
    }

    /** An attempt that came to nothing, with what that means. */
    private static final class GivenUp extends Exception {

        private static final long serialVersionUID = 1;

        private final transient SqlFailure failure;

        GivenUp(SqlFailure failure, SQLException cause) {
            super(cause);
            this.failure = failure;
        }
    }
}
