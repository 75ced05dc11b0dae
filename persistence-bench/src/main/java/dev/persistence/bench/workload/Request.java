package dev.persistence.bench.workload;

/**
 * One batch request.
 *
 * @param type the record type, as in {@code /api/v1/persistence/TYPE/batch}
 * @param body the whole body as JSON; its owner is the {@link Workload}, nobody else changes it
 * @param records how many records are in it
 */
@SuppressWarnings("ArrayRecordComponent") // requests are sent, never compared
public record Request(String type, byte[] body, int records) {}
