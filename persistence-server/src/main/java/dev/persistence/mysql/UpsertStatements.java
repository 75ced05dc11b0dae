package dev.persistence.mysql;

import dev.persistence.schema.RecordType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The upserts in use, by record type and present columns. Bounded, since clients choose the sets of columns and there
 * are 2^n of them. Owned by the writer thread.
 */
final class UpsertStatements {

    private static final int MOST = 256;

    private final Dialect dialect;
    private final Map<Shape, UpsertSql> byShape = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Shape, UpsertSql> eldest) {
            return size() > MOST;
        }
    };

    private record Shape(int type, long present) {}

    UpsertStatements(Dialect dialect) {
        this.dialect = dialect;
    }

    UpsertSql of(RecordType type, long present) {
        return byShape.computeIfAbsent(
                new Shape(type.ordinal(), present), shape -> UpsertSql.of(dialect, type, present));
    }

    int size() {
        return byShape.size();
    }
}
