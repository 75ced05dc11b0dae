package dev.persistence.bench.reference;

import dev.persistence.bench.reference.TypedRecord.Shape;
import dev.persistence.mysql.ServiceSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way without any batch: one prepared statement a record, each its own transaction, on one connection. Immutable;
 * {@link #run} uses the calling thread.
 */
public final class AutocommitLoop {

    private final String url;
    private final PreparedForm form;

    /** @param url of a database that has the tables */
    public AutocommitLoop(String url, PreparedForm form) {
        this.url = url;
        this.form = form;
    }

    /** Writes all records, in the order given; the clock runs from the first statement to the end of the last. */
    public LoopResult run(List<TypedRecord> records) throws SQLException {
        Map<Shape, PreparedStatement> statements = new HashMap<>();
        try (Connection connection = ServiceSession.connect(url, form.driverProperties())) {
            Upserts upserts = new Upserts(ServiceSession.dialect(connection));
            for (TypedRecord record : records) {
                if (!statements.containsKey(record.shape())) {
                    String sql = upserts.of(record.shape()).sql(1);
                    statements.put(record.shape(), connection.prepareStatement(sql));
                }
            }
            Stopwatch clock = new Stopwatch();
            for (TypedRecord record : records) {
                PreparedStatement statement = statements.get(record.shape());
                Upserts.bind(statement, upserts.of(record.shape()), 0, record, LocalDateTime.now(ZoneOffset.UTC));
                statement.executeUpdate();
            }
            return clock.stop(records.size(), records.size(), records.size());
        } // with the connection, its statements
    }
}
