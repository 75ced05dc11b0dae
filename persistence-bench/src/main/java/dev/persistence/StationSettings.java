package dev.persistence;

import dev.persistence.batch.BufferSettings;
import dev.persistence.http.HttpSettings;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.RecordTypes;
import dev.persistence.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service's settings for servers that have some of its stations: the same defaults, environment and rules.
 *
 * @param types the shipped record types
 */
public record StationSettings(HttpSettings http, BufferSettings buffer, RecordTypes types) {

    /**
     * The settings, for the loopback address and a free port.
     *
     * @param assignments each {@code name=value}
     * @throws dev.persistence.settings.SettingsException if one is unknown or impossible; the message says which
     */
    public static StationSettings read(Map<String, String> environment, List<String> assignments) {
        List<String> all = new ArrayList<>(List.of("service.host=127.0.0.1", "service.port=0"));
        all.addAll(assignments);
        ServerConfig config =
                ServerConfigReader.read(Settings.load(Optional.empty(), environment, all), Optional.empty());
        return new StationSettings(config.http(), config.buffer(), config.types());
    }

    /** An empty ring as the service would have it. */
    public RecordRing newRing(ArrivalClock clock) {
        return new RecordRing(
                buffer.ringSize(),
                buffer.maxUnwrittenBytes(),
                types.size(),
                types.mostColumns(),
                buffer.wakeUp(),
                clock);
    }
}
