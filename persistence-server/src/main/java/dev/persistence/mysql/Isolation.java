package dev.persistence.mysql;

import dev.persistence.batch.Row;
import dev.persistence.batch.RowGroup;
import dev.persistence.ring.RecordSlot;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Writes groups of rows within one transaction. A statement that is refused because of a row is halved until the row
 * stands alone; the server rolls back only the statement that failed, so everything else stays written. Used for one
 * transaction, by the writer thread.
 */
final class Isolation {

    private static final int MOST_ROWS = 1000; // larger statements gain little and hold locks longer

    private final Statement statement;
    private final UpsertStatements statements;
    private final StatementText text;
    private final Charset charset;
    private final long statementBytes;
    private final Refusals refusals = new Refusals();

    /**
     * Begins one transaction.
     *
     * @param charset in which the driver turns a statement into bytes again
     * @param statementBytes bytes of a statement with more than one row, at most
     */
    Isolation(
            Statement statement,
            UpsertStatements statements,
            StatementText text,
            Charset charset,
            long statementBytes) {
        this.statement = statement;
        this.statements = statements;
        this.text = text;
        this.charset = charset;
        this.statementBytes = statementBytes;
    }

    /** What the database refused so far. */
    Refusals refusals() {
        return refusals;
    }

    /** @throws SQLException if the failure is not about single rows */
    void write(RowGroup group) throws SQLException {
        write(statements.of(group.type(), group.present()), group.rows());
    }

    private void write(UpsertSql sql, List<Row> rows) throws SQLException {
        int from = 0;
        while (from < rows.size()) {
            int to = render(sql, rows, from);
            writeOrHalve(sql, rows.subList(from, to));
            from = to;
        }
    }

    /** Renders as many rows as one statement takes, and at least one; returns the index behind the last of them. */
    private int render(UpsertSql sql, List<Row> rows, int from) {
        sql.begin(text);
        int end = Math.min(rows.size(), from + MOST_ROWS);
        for (int index = from; index < end; index++) {
            int before = text.length();
            if (index > from) {
                text.raw(',');
            }
            Row row = rows.get(index);
            sql.row(text, row.record(), row.creationMicros());
            if (index > from && text.length() + sql.tailBytes() > statementBytes) {
                text.truncate(before);
                end = index;
            }
        }
        sql.end(text);
        return end;
    }

    private void writeOrHalve(UpsertSql sql, List<Row> rows) throws SQLException {
        SqlFailure failure = execute();
        if (failure == null) {
            return;
        }
        if (rows.size() > 1) {
            int half = rows.size() / 2;
            write(sql, rows.subList(0, half));
            write(sql, rows.subList(half, rows.size()));
        } else {
            refused(rows.get(0), failure);
        }
    }

    /** A refused row may stand for records that are fine: those that came before it are written one by one. */
    private void refused(Row row, SqlFailure failure) throws SQLException {
        List<RecordSlot> records = row.records();
        if (records.size() == 1) {
            refusals.add(row.record(), failure);
            return;
        }
        for (RecordSlot record : records) {
            UpsertSql sql = statements.of(record.type(), record.present());
            long own = record.creationMicros();
            sql.begin(text);
            sql.row(text, record, own == RecordSlot.NO_TIME ? record.changeMicros() : own);
            sql.end(text);
            SqlFailure alone = execute();
            if (alone != null) {
                refusals.add(record, alone);
            }
        }
    }

    /** Returns null if the statement was executed, and else the failure if it is about rows. */
    private SqlFailure execute() throws SQLException {
        try {
            statement.executeUpdate(text.decoded(charset));
            return null;
        } catch (SQLException failed) {
            SqlFailure failure = SqlFailure.of(failed);
            if (!failure.blamesRows()) {
                throw failed;
            }
            return failure;
        }
    }
}
