package dev.persistence.http.endpoint;

import java.time.Duration;

/**
 * What the service says about itself.
 *
 * @param version its version
 * @param bufferCapacity records of one type that make a flush due
 * @param flushInterval age of the oldest unwritten record that makes a flush due
 */
public record ServiceInfo(String version, int bufferCapacity, Duration flushInterval) {}
