package dev.persistence.http.endpoint;

import java.time.Duration;
import java.time.ZoneId;

/**
 * What the endpoints are told.
 *
 * @param maxRequestBytes bytes of a request body, unpacked
 * @param maxRecordsPerRequest records of one request
 * @param flushTimeout how long a flush request waits for its flush
 * @param naiveTimeZone the zone of moments that are sent without one
 * @param needsTokens whether tokens are configured
 */
public record EndpointSettings(
        int maxRequestBytes,
        int maxRecordsPerRequest,
        Duration flushTimeout,
        ZoneId naiveTimeZone,
        boolean needsTokens) {}
