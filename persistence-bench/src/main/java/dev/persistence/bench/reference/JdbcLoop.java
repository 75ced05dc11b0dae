package dev.persistence.bench.reference;

import dev.persistence.bench.reference.TypedRecord.Shape;
import dev.persistence.mysql.PlaceholderUpsert;
import dev.persistence.mysql.ServiceSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best plain JDBC loop: one connection, one prepared statement of many rows that is used again and again, a commit
 * every so many rows. It is the limit of the database for whoever sends every record. Immutable; {@link #run} uses the
 * calling thread.
 *
 * <p>Records of a type go in the order given; those of different types, which share no row, each wait for a full
 * statement of their own.
 */
public final class JdbcLoop {

    private static final int USUAL_ROWS = 1000;

    private final String url;
    private final PreparedForm form;
    private final int rowsPerStatement;
    private final int rowsPerTransaction;

    /** The loop with 1000 rows a statement and a commit after each. */
    public JdbcLoop(String url, PreparedForm form) {
        this(url, form, USUAL_ROWS, USUAL_ROWS);
    }

    /**
     * The loop.
     *
     * @param url of a database that has the tables
     * @param rowsPerTransaction a commit follows the statement that reaches so many
     */
    public JdbcLoop(String url, PreparedForm form, int rowsPerStatement, int rowsPerTransaction) {
        if (rowsPerStatement < 1 || rowsPerTransaction < 1) {
            throw new IllegalArgumentException("rows per statement, per transaction: " + rowsPerStatement + ", "
                    + rowsPerTransaction + " (expected at least 1)");
        }
        this.url = url;
        this.form = form;
        this.rowsPerStatement = rowsPerStatement;
        this.rowsPerTransaction = rowsPerTransaction;
    }

    /** Writes all records; the clock runs from the first statement, when all is prepared, to the last commit. */
    public LoopResult run(List<TypedRecord> records) throws SQLException {
        try (Connection connection = ServiceSession.connect(url, form.driverProperties())) {
            connection.setAutoCommit(false);
            try (Run run = new Run(connection)) {
                run.prepare(records);
                return run.write(records);
            }
        }
    }

    /** The state of one run; owned by its thread. */
    private final class Run implements AutoCloseable {

        private final Connection connection;
        private final Upserts upserts;
        private final Map<Shape, PreparedStatement> full = new HashMap<>();
        private final Map<String, List<TypedRecord>> waiting = new HashMap<>();
        private int uncommitted;
        private long statements;
        private long transactions;

        Run(Connection connection) throws SQLException {
            this.connection = connection;
            this.upserts = new Upserts(ServiceSession.dialect(connection));
        }

        void prepare(List<TypedRecord> records) throws SQLException {
            Map<Shape, Integer> counts = new HashMap<>();
            for (TypedRecord record : records) {
                if (counts.merge(record.shape(), 1, Integer::sum) == rowsPerStatement) {
                    full(record.shape());
                }
            }
        }

        LoopResult write(List<TypedRecord> records) throws SQLException {
            Stopwatch clock = new Stopwatch();
            for (TypedRecord record : records) {
                List<TypedRecord> rows = waiting.computeIfAbsent(record.type().name(), none -> new ArrayList<>());
                if (!rows.isEmpty() && !rows.get(0).sameShape(record)) {
                    execute(rows); // first, because a key of theirs may be this record's
                }
                rows.add(record);
                if (rows.size() == rowsPerStatement) {
                    execute(rows);
                }
            }
            for (List<TypedRecord> rows : waiting.values()) {
                execute(rows);
            }
            commit();
            return clock.stop(records.size(), statements, transactions);
        }

        private void execute(List<TypedRecord> rows) throws SQLException {
            if (rows.isEmpty()) {
                return;
            }
            Shape shape = rows.get(0).shape();
            if (rows.size() == rowsPerStatement) {
                execute(full(shape), upserts.of(shape), rows);
            } else {
                try (PreparedStatement rest =
                        connection.prepareStatement(upserts.of(shape).sql(rows.size()))) {
                    execute(rest, upserts.of(shape), rows);
                }
            }
            uncommitted += rows.size();
            rows.clear();
            if (uncommitted >= rowsPerTransaction) {
                commit();
            }
        }

        private void execute(PreparedStatement statement, PlaceholderUpsert upsert, List<TypedRecord> rows)
                throws SQLException {
            LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
            for (int row = 0; row < rows.size(); row++) {
                Upserts.bind(statement, upsert, row, rows.get(row), now);
            }
            statement.executeUpdate();
            statements++;
        }

        private PreparedStatement full(Shape shape) throws SQLException {
            PreparedStatement statement = full.get(shape);
            if (statement == null) {
                statement = connection.prepareStatement(upserts.of(shape).sql(rowsPerStatement));
                full.put(shape, statement);
            }
            return statement;
        }

        private void commit() throws SQLException {
            if (uncommitted > 0) {
                connection.commit();
                uncommitted = 0;
                transactions++;
            }
        }

        @Override
        public void close() throws SQLException {
            for (PreparedStatement statement : full.values()) {
                statement.close();
            }
        }
    }
}
