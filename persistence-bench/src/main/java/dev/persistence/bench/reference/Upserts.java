package dev.persistence.bench.reference;

import dev.persistence.bench.reference.TypedRecord.Shape;
import dev.persistence.mysql.Dialect;
import dev.persistence.mysql.PlaceholderUpsert;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The upserts of one server by the shapes of records. Any thread. */
final class Upserts {

    private final Dialect dialect;
    private final Map<Shape, PlaceholderUpsert> byShape = new ConcurrentHashMap<>();

    Upserts(Dialect dialect) {
        this.dialect = dialect;
    }

    PlaceholderUpsert of(Shape shape) {
        return byShape.computeIfAbsent(shape, wanted -> PlaceholderUpsert.of(dialect, wanted.type(), wanted.present()));
    }

    /**
     * Sets the parameters of one row.
     *
     * @param row its place in the statement, from 0
     * @param now the time of change of a record that was sent without one
     */
    static void bind(
            PreparedStatement statement, PlaceholderUpsert upsert, int row, TypedRecord record, LocalDateTime now)
            throws SQLException {
        int width = upsert.width();
        for (int placeholder = 0; placeholder < width; placeholder++) {
            JdbcValue.bind(statement, row * width + placeholder + 1, record.value(upsert.column(placeholder), now));
        }
    }
}
