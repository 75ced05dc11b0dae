package dev.persistence;

import dev.persistence.batch.BufferSettings;
import dev.persistence.embedded.EmbeddedDatabase;
import dev.persistence.fallback.FallbackSettings;
import dev.persistence.http.HttpSettings;
import dev.persistence.http.endpoint.SettingInForce;
import dev.persistence.http.security.SecuritySettings;
import dev.persistence.mysql.DatabaseSettings;
import dev.persistence.schema.RecordTypes;
import dev.persistence.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the service is told at start, by station.
 *
 * @param shutdownTimeout how long an orderly stop may take
 * @param types what is stored, in the order of declaration
 * @param settings all settings as people see them
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
        List<SettingInForce> settings,
        Map<String, String> traceVariables) {

    private static final String EMBEDDED = "--embedded";

    ServerConfig {
        settings = List.copyOf(settings);
    }

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
        return new ServerConfig(
                http, security, there, buffer, fallback, shutdownTimeout, types, shownOn(there), traceVariables);
    }

    /** What the embedded database takes the place of is not in force. */
    private List<SettingInForce> shownOn(DatabaseSettings there) {
        Map<String, String> replaced = Map.of(
                "database.host", there.host(),
                "database.port", Integer.toString(there.port()),
                "database.user", there.user(),
                "database.password", Settings.MASK,
                "database.name", there.name(),
                "database.url", "\"\"");
        return settings.stream()
                .map(setting -> replaced.containsKey(setting.name())
                        ? new SettingInForce(setting.name(), replaced.get(setting.name()), EMBEDDED)
                        : setting)
                .toList();
    }
}
