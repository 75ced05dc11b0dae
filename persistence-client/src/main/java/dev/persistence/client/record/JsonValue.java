package dev.persistence.client.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The form of each kind of value in JSON. Numbers keep all their digits, moments are in UTC with microseconds. */
final class JsonValue {

    private static final String EXPECTED = "expected a String, number, Boolean, enum, UUID, Instant, OffsetDateTime,"
            + " ZonedDateTime, LocalDateTime, Map, Collection, array or null";

    private JsonValue() {}

    /** The name of a member. */
    static String name(Object key) throws UnsupportedValueException {
        if (key instanceof String name) {
            return name;
        }
        throw new UnsupportedValueException("a member's name is " + kind(key) + " (expected a String)");
    }

    static void write(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
            json.writeString(value.toString());
        } else if (value instanceof Number number) {
            writeNumber(json, number);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Enum<?> constant) {
            json.writeString(constant.name());
        } else if (value instanceof Map<?, ?> members) {
            writeObject(json, members);
        } else if (value instanceof Collection<?> elements) {
            writeArray(json, elements);
        } else if (value instanceof Object[] elements) {
            writeArray(json, Arrays.asList(elements));
        } else {
            json.writeString(moment(value));
        }
    }

    private static void writeNumber(JsonGenerator json, Number number) throws IOException {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            json.writeNumber(number.longValue());
        } else if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            json.writeNumber(integer);
        } else if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new UnsupportedValueException("the number is infinite or none at all (expected a finite one)");
            }
            json.writeNumber(number.toString());
        } else {
            throw new UnsupportedValueException("the number is " + kind(number)
                    + " (expected an integer, a BigInteger, a BigDecimal, a double or a float)");
        }
    }

    private static void writeObject(JsonGenerator json, Map<?, ?> members) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            json.writeFieldName(name(member.getKey()));
            write(json, member.getValue());
        }
        json.writeEndObject();
    }

    private static void writeArray(JsonGenerator json, Collection<?> elements) throws IOException {
        json.writeStartArray();
        for (Object element : elements) {
            write(json, element);
        }
        json.writeEndArray();
    }

    private static String moment(Object value) throws UnsupportedValueException {
        if (value instanceof Instant instant) {
            return instant.truncatedTo(ChronoUnit.MICROS).toString();
        } else if (value instanceof OffsetDateTime time) {
            return moment(time.toInstant());
        } else if (value instanceof ZonedDateTime time) {
            return moment(time.toInstant());
        } else if (value instanceof LocalDateTime time) { // unlike toString(), with seconds even where they are 0
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.truncatedTo(ChronoUnit.MICROS));
        }
        throw new UnsupportedValueException("the value is " + kind(value) + " (" + EXPECTED + ")");
    }

    private static String kind(Object value) {
        return value == null ? "null" : "a " + value.getClass().getName();
    }
}
