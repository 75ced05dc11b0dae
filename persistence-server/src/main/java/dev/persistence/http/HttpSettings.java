package dev.persistence.http;

import java.time.Duration;
import java.time.ZoneId;

/** The settings of the HTTP side. */
public record HttpSettings(
        String host,
        int port,
        int maxRequestBytes,
        int maxRecordsPerRequest,
        Duration requestTimeout,
        Duration idleTimeout,
        int maxConnections,
        Duration flushTimeout,
        ZoneId naiveTimeZone) {}
