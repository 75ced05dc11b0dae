package dev.persistence.tracing;

/**
 * The database as spans name it.
 *
 * @param system {@code mysql} or {@code mariadb}
 * @param namespace the database connected to
 * @param address host name or address of its server
 * @param port of its server
 */
public record TracedDatabase(String system, String namespace, String address, int port) {}
