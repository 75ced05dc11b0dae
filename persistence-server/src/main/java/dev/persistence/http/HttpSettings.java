package dev.persistence.http;

import dev.persistence.http.endpoint.EndpointSettings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * What the HTTP station is told. The names in messages are those of the settings.
 *
 * @param host name or address to listen on
 * @param port port to listen on; 0 takes any free one
 * @param maxRequestBytes bytes of a request body, before and after decompression
 * @param maxRecordsPerRequest records of one request
 * @param requestTimeout from the first byte of a request to its last
 * @param idleTimeout how long a connection may rest between requests, or leave its answers untaken
 * @param maxConnections connections at a time
 * @param flushTimeout how long a flush request waits for its flush
 * @param naiveTimeZone the zone of moments that are sent without one
 */
public record HttpSettings(
        String host,
        int port,
        int maxRequestBytes,
        int maxRecordsPerRequest,
        Duration requestTimeout,
        Duration idleTimeout,
        int maxConnections,
        Duration flushTimeout,
        ZoneId naiveTimeZone) {

    /** Half of the largest array, because a body is counted against twice this size before its connection is cut. */
    private static final int LARGEST_REQUEST = 1 << 30;

    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is out of range; the message names setting, value and range
     */
    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("service.host: \"\" (expected a host name or an address)");
        }
        range("service.port", port, 0, 65535);
        range("service.max-request-bytes", maxRequestBytes, 1, LARGEST_REQUEST);
        range("service.max-records-per-request", maxRecordsPerRequest, 1, 1_000_000);
        range("service.request-timeout", requestTimeout);
        range("service.idle-timeout", idleTimeout);
        range("service.max-connections", maxConnections, 1, 1_000_000);
        range("service.flush-timeout", flushTimeout);
        Objects.requireNonNull(naiveTimeZone, "service.naive-time-zone");
    }

    EndpointSettings forEndpoints(boolean needsTokens) {
        return new EndpointSettings(maxRequestBytes, maxRecordsPerRequest, flushTimeout, naiveTimeZone, needsTokens);
    }

    private static void range(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected " + min + " to " + max + ")");
        }
    }

    private static void range(String name, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + value.toMillis() + " ms (expected 1 ms to 1 day)");
        }
    }
}
