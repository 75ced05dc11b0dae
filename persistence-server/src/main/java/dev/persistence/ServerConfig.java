package dev.persistence;

import dev.persistence.batch.BufferSettings;
import dev.persistence.embedded.EmbeddedDatabase;
import dev.persistence.fallback.FallbackSettings;
import dev.persistence.http.HttpSettings;
import dev.persistence.http.security.SecuritySettings;
import dev.persistence.mysql.DatabaseSettings;
import dev.persistence.schema.RecordTypes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * All that the service is told at start, by station.
 *
 * @param shutdownTimeout how long an orderly stop may take
 * @param types what is stored, in the order of declaration
 * @param traceVariables the environment, of which tracing reads {@code OTEL_…}
 */
record ServerConfig(
        HttpSettings http,
        SecuritySettings security,
        DatabaseSettings database,
        BufferSettings buffer,
        FallbackSettings fallback,
        Duration shutdownTimeout,
        RecordTypes types,
        Map<String, String> traceVariables) {

    /** The same on an embedded database. */
    ServerConfig on(EmbeddedDatabase embedded) {
        DatabaseSettings there = new DatabaseSettings(
                embedded.host(),
                embedded.port(),
                embedded.user(),
                embedded.password(),
                embedded.databaseName(),
                database.poolSize(),
                Optional.empty(),
                database.migrate());
        return new ServerConfig(http, security, there, buffer, fallback, shutdownTimeout, types, traceVariables);
    }
}
