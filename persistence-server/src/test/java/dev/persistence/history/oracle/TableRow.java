package dev.persistence.history.oracle;

import java.util.Map;

/** A row as it was read: the compared columns and the row times, as text. */
public record TableRow(Shape shape, String key, Map<String, String> values, String updatedAt, String createdAt) {}
