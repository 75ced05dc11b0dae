package dev.persistence.history.oracle;

import java.util.Map;

/**
 * One record as a history sends it. Its values are plain ASCII, and most name the record, so that a row tells which
 * records made it.
 *
 * @param fields the compared columns it carries, each with the text that the table then has, or null
 * @param updatedAt its own time of change as the table has it, or null
 * @param createdAt its own time of creation as the table has it, or null
 */
public record Item(Shape shape, String key, Map<String, String> fields, String updatedAt, String createdAt) {}
