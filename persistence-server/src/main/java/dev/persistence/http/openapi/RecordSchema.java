package dev.persistence.http.openapi;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.ValueType;
import java.io.IOException;
import java.util.List;

/** Writes the JSON schema of a record type: its fields with their limits, as the declaration has them. */
final class RecordSchema {

    private RecordSchema() {}

    static void write(JsonGenerator json, RecordType type) throws IOException {
        json.writeObjectFieldStart(type.name());
        json.writeStringField("type", "object");
        json.writeStringField("description", "Key: " + type.keyColumn().name() + ". Unknown fields are ignored.");
        json.writeArrayFieldStart("required");
        for (Column column : type.columns()) {
            if (column.required()) {
                json.writeString(column.name());
            }
        }
        json.writeEndArray();
        json.writeObjectFieldStart("properties");
        for (Column column : type.columns()) {
            json.writeObjectFieldStart(column.name());
            writeColumn(json, column);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    static void writeTyped(JsonGenerator json, String name, String type) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("type", type);
        json.writeEndObject();
    }

    private static void writeColumn(JsonGenerator json, Column column) throws IOException {
        ValueType type = column.type();
        json.writeArrayFieldStart("type");
        for (String name : jsonTypes(type)) {
            json.writeString(name);
        }
        if (!column.required()) {
            json.writeString("null");
        }
        json.writeEndArray();
        writeLimits(json, type);
        if (column.defaultValue().isPresent()) {
            writeDefault(json, type, column.defaultValue().get());
        }
    }

    private static List<String> jsonTypes(ValueType type) {
        if (type instanceof ValueType.IntegerType) {
            return List.of("integer", "string");
        } else if (type instanceof ValueType.DecimalType) {
            return List.of("number", "string");
        } else if (type instanceof ValueType.BooleanType) {
            return List.of("boolean");
        } else if (type instanceof ValueType.JsonType) {
            return List.of("object", "array");
        }
        return List.of("string");
    }

    private static void writeLimits(JsonGenerator json, ValueType type) throws IOException {
        if (type instanceof ValueType.StringType string) {
            json.writeNumberField("minLength", string.notEmpty() ? 1 : 0);
            json.writeNumberField("maxLength", string.length());
        } else if (type instanceof ValueType.TextType text) {
            json.writeNumberField("maxLength", text.bytes());
            json.writeStringField("description", "At most " + text.bytes() + " bytes of UTF-8");
        } else if (type instanceof ValueType.IntegerType integer) {
            json.writeNumberField("minimum", integer.min());
            json.writeNumberField("maximum", integer.max());
        } else if (type instanceof ValueType.DecimalType decimal) {
            json.writeNumberField("minimum", decimal.min());
            json.writeNumberField("maximum", decimal.max());
            json.writeStringField("description", "Rounded half-up to " + decimal.scale() + " digits behind the point");
        } else if (type instanceof ValueType.TimestampType) {
            json.writeStringField(
                    "description",
                    "ISO 8601 date and time; UTC is what a zone is converted to; kept to the microsecond at most");
        } else if (type instanceof ValueType.JsonType stored) {
            json.writeStringField("description", "At most " + stored.depth() + " deep; stored as sent");
        }
    }

    private static void writeDefault(JsonGenerator json, ValueType type, String value) throws IOException {
        json.writeFieldName("default");
        if (type instanceof ValueType.BooleanType) {
            json.writeBoolean(value.equals("1"));
        } else if (type.quoted()) {
            json.writeString(value);
        } else {
            json.writeNumber(value);
        }
    }
}
