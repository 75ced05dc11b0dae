package dev.persistence;

import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.ValueType;
import java.util.stream.Collectors;

/** A command that sends one smallest legal record, for whoever has just started the service. */
final class FirstBatch {

    private FirstBatch() {}

    static String curl(RecordType type, int port) {
        String record = type.columns().stream()
                .filter(Column::required)
                .map(column -> "\"" + column.name() + "\":" + sample(column.type()))
                .collect(Collectors.joining(",", "{", "}"));
        return "curl -H 'Content-Type: application/json' -d '{\"" + type.name() + "\":[" + record
                + "]}' http://localhost:" + port + "/api/v1/persistence/" + type.name() + "/batch";
    }

    private static String sample(ValueType type) {
        if (type instanceof ValueType.IntegerType integer) {
            return Long.toString(Math.max(integer.min(), Math.min(1, integer.max())));
        } else if (type instanceof ValueType.DecimalType decimal) {
            return decimal.min()
                    .max(java.math.BigDecimal.ZERO.min(decimal.max()))
                    .toPlainString();
        } else if (type instanceof ValueType.BooleanType) {
            return "true";
        } else if (type instanceof ValueType.TimestampType) {
            return "\"2026-01-02T03:04:05Z\"";
        } else if (type instanceof ValueType.JsonType) {
            return "{}";
        }
        return "\"first\"";
    }
}
