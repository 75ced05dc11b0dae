package dev.persistence.batch;

import dev.persistence.schema.RecordType;
import java.util.List;

/**
 * Rows that one statement can carry: of one type, with the same columns present, each key once, sorted by key.
 *
 * @param present one bit for each column the rows carry, row times excepted
 */
public record RowGroup(RecordType type, long present, List<Row> rows) {}
