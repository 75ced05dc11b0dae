package dev.persistence.http.endpoint;

/**
 * A setting as it is shown.
 *
 * @param name as in the configuration file
 * @param value its text; secrets are masked
 * @param source where it was given, or {@code default}
 */
public record SettingInForce(String name, String value, String source) {}
