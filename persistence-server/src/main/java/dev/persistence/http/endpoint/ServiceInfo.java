package dev.persistence.http.endpoint;

import java.time.Duration;
import java.util.List;

/**
 * What the service says about itself.
 *
 * @param version its version
 * @param bufferCapacity records of one type that make a flush due
 * @param flushInterval age of the oldest unwritten record that makes a flush due
 * @param settings all settings in force, in the order of their table
 */
public record ServiceInfo(String version, int bufferCapacity, Duration flushInterval, List<SettingInForce> settings) {

    public ServiceInfo {
        settings = List.copyOf(settings);
    }

    /** One that shows no settings. */
    public ServiceInfo(String version, int bufferCapacity, Duration flushInterval) {
        this(version, bufferCapacity, flushInterval, List.of());
    }
}
