package dev.persistence.client.buffer;

import java.time.Duration;

/**
 * When what waits is sent, and how much may wait.
 *
 * @param sendRecords so many waiting records are sent at once
 * @param sendAge so long a record waits at most before it is sent
 * @param maxRecords so many may wait
 * @param maxBytes so many bytes may wait, as JSON
 */
public record Bounds(int sendRecords, Duration sendAge, int maxRecords, long maxBytes) {}
