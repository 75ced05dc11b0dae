package dev.persistence.bench.reference;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.persistence.bench.reference.TypedRecord.Shape;
import dev.persistence.mysql.PlaceholderUpsert;
import dev.persistence.mysql.ServiceSession;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * One transaction a request: each record is added to a batch, which the driver rewrites into statements of many rows
 * ({@code rewriteBatchedStatements}). Connections come from a pool. Any thread; it waits for the database.
 */
public final class PerRequestWriter implements AutoCloseable {

    private static final int MOST_REPEATS = 3;
    private static final int DEADLOCK = 1213;

    private final HikariDataSource pool;
    private final Upserts upserts;
    private final RecordParser parser = RecordParser.ofShippedTypes();

    private PerRequestWriter(HikariDataSource pool, Upserts upserts) {
        this.pool = pool;
        this.upserts = upserts;
    }

    /**
     * A writer with a pool of so many connections.
     *
     * @param url of a database that has the tables
     * @throws IllegalStateException if it cannot be reached
     */
    public static PerRequestWriter open(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED"); // fewer deadlocks between requests
        config.setConnectionInitSql(ServiceSession.SETTING);
        config.setDataSourceProperties(ServiceSession.driverProperties());
        config.addDataSourceProperty("rewriteBatchedStatements", "true"); // as text: the pool drops anything else
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(config);
            try (Connection connection = pool.getConnection()) {
                return new PerRequestWriter(pool, new Upserts(ServiceSession.dialect(connection)));
            }
        } catch (SQLException | PoolInitializationException failed) {
            if (pool != null) {
                pool.close();
            }
            Throwable cause = failed instanceof PoolInitializationException ? failed.getCause() : failed;
            String reason =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            throw new IllegalStateException("database: cannot be opened: " + reason, failed);
        }
    }

    /**
     * Parses a body and writes its records, all or none; tries again after a deadlock.
     *
     * @return how many there were
     * @throws IOException if the body cannot be parsed
     * @throws SQLException if the database does not take it
     */
    public int write(String type, byte[] body) throws IOException, SQLException {
        List<TypedRecord> records = parser.parse(type, body);
        for (int repeats = 0; ; repeats++) {
            try {
                writeOnce(records);
                return records.size();
            } catch (SQLException failed) {
                if (!isDeadlock(failed) || repeats == MOST_REPEATS) {
                    throw failed;
                }
            }
        }
    }

    private static boolean isDeadlock(SQLException failed) {
        return failed instanceof SQLTransientException || failed.getErrorCode() == DEADLOCK;
    }

    private void writeOnce(List<TypedRecord> records) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
            for (int first = 0; first < records.size(); ) {
                first = writeRun(connection, records, first, now);
            }
            connection.commit();
        } // what is not committed the pool rolls back
    }

    /** Writes the records from the given one on that have its shape, and returns the index behind them. */
    private int writeRun(Connection connection, List<TypedRecord> records, int first, LocalDateTime now)
            throws SQLException {
        Shape shape = records.get(first).shape();
        PlaceholderUpsert upsert = upserts.of(shape);
        try (PreparedStatement statement = connection.prepareStatement(upsert.sql(1))) {
            int next = first;
            while (next < records.size() && records.get(next).sameShape(records.get(first))) {
                Upserts.bind(statement, upsert, 0, records.get(next), now);
                statement.addBatch();
                next++;
            }
            statement.executeBatch();
            return next;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
