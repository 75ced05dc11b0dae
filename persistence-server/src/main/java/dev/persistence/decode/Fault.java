package dev.persistence.decode;

/**
 * One thing wrong with a request body.
 *
 * @param pointer where, as a JSON pointer such as {@code /tasks/57/row_index}; empty for the whole body
 * @param detail what is expected there
 */
public record Fault(String pointer, String detail) {}
