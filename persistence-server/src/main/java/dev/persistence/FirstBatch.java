package dev.persistence;

import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.ValueType;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/** A command that sends one legal record, for whoever has just started the service. */
final class FirstBatch {

    private static final String SAMPLE = "first";

    private FirstBatch() {}

    static String curl(RecordType type, ServerConfig config, int port) {
        String scheme = config.security().tls().isPresent() ? "https" : "http";
        String token = config.security().needsTokens() ? "-H 'Authorization: Bearer TOKEN' " : "";
        return curl(type, token, scheme + "://" + reachable(config.http().host()) + ":" + port);
    }

    static String curl(RecordType type, String token, String service) {
        String record = type.columns().stream()
                .filter(Column::required)
                .map(column -> "\"" + column.name() + "\":" + sample(column.type()))
                .collect(Collectors.joining(",", "{", "}"));
        return "curl " + token + "-H 'Content-Type: application/json' -d '{\"" + type.name() + "\":[" + record + "]}' "
                + service + "/api/v1/persistence/" + type.name() + "/batch";
    }

    static String reachable(String host) {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "localhost";
        }
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static String sample(ValueType type) {
        if (type instanceof ValueType.IntegerType integer) {
            return Long.toString(Math.max(integer.min(), Math.min(1, integer.max())));
        } else if (type instanceof ValueType.DecimalType decimal) {
            return decimal.min().max(BigDecimal.ZERO.min(decimal.max())).toPlainString();
        } else if (type instanceof ValueType.BooleanType) {
            return "true";
        } else if (type instanceof ValueType.TimestampType) {
            return "\"2026-01-02T03:04:05Z\"";
        } else if (type instanceof ValueType.JsonType) {
            return "{}";
        } else if (type instanceof ValueType.StringType string) {
            return text(string.length());
        } else if (type instanceof ValueType.TextType text) {
            return text(text.bytes());
        }
        throw new IllegalStateException("no sample of " + type);
    }

    private static String text(long longest) {
        return "\"" + SAMPLE.substring(0, (int) Math.min(SAMPLE.length(), longest)) + "\"";
    }
}
