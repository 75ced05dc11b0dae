package dev.persistence;

import dev.persistence.batch.BufferSettings;
import dev.persistence.http.HttpSettings;
import dev.persistence.mysql.DatabaseSettings;
import dev.persistence.schema.RecordTypes;
import java.time.Duration;

/**
 * All that the service is told at start, by station.
 *
 * @param shutdownTimeout how long an orderly stop may take
 * @param types what is stored, in the order of declaration
 */
public record ServerConfig(
        HttpSettings http,
        DatabaseSettings database,
        BufferSettings buffer,
        Duration shutdownTimeout,
        RecordTypes types) {}
