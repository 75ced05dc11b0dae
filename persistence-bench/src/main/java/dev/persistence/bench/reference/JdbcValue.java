package dev.persistence.bench.reference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.schema.ValueType;
import dev.persistence.schema.ValueType.BooleanType;
import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import dev.persistence.schema.ValueType.JsonType;
import dev.persistence.schema.ValueType.TimestampType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A column's value on its way from JSON to a statement's parameter. */
final class JdbcValue {

    private static final int TIME_AT = 10; // in 2026-01-02T03:04
    private static final int ZONE_AT = 16; // no sign before it is that of a zone

    private JdbcValue() {}

    /** Reads the value the parser stands on, which is not null, and leaves it at the value's end. */
    static Object read(ValueType type, JsonParser parser, byte[] body) throws IOException {
        if (type instanceof JsonType) {
            return json(parser, body);
        } else if (type instanceof BooleanType) {
            return parser.getBooleanValue();
        } else if (type instanceof IntegerType integer && parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return whole(integer, parser.getLongValue());
        }
        return of(type, parser.getText());
    }

    /**
     * The value that a text stands for.
     *
     * @throws IllegalArgumentException or ArithmeticException if it stands for none
     */
    static Object of(ValueType type, String text) {
        if (type instanceof IntegerType integer) {
            return whole(integer, new BigDecimal(text).longValueExact());
        } else if (type instanceof DecimalType decimal) {
            return new BigDecimal(text).setScale(decimal.scale(), RoundingMode.HALF_UP);
        } else if (type instanceof BooleanType) {
            return text.equals("1");
        } else if (type instanceof TimestampType) {
            return moment(text);
        }
        return text;
    }

    private static Object whole(IntegerType type, long value) {
        return type.label().equals("integer") ? (Object) Math.toIntExact(value) : (Object) value;
    }

    private static LocalDateTime moment(String text) {
        try {
            String iso =
                    text.charAt(TIME_AT) == ' ' ? text.substring(0, TIME_AT) + "T" + text.substring(TIME_AT + 1) : text;
            boolean zoned = iso.endsWith("Z") || iso.indexOf('+', ZONE_AT) > 0 || iso.indexOf('-', ZONE_AT) > 0;
            LocalDateTime utc = zoned
                    ? OffsetDateTime.parse(iso)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime()
                    : LocalDateTime.parse(iso);
            return utc.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException | StringIndexOutOfBoundsException none) {
            throw new IllegalArgumentException("\"" + text + "\" is not an ISO 8601 date and time", none);
        }
    }

    /** As it was sent, without the white space between its parts. */
    private static String json(JsonParser parser, byte[] body) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        ByteArrayOutputStream kept = new ByteArrayOutputStream(to - from);
        boolean quoted = false;
        for (int at = from; at < to; at++) {
            byte next = body[at];
            if (quoted && next == '\\') {
                kept.write(next);
                kept.write(body[++at]);
                continue;
            }
            quoted ^= next == '"';
            if (quoted || next > ' ' || next < 0) {
                kept.write(next);
            }
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    /** Sets a parameter by the method that is made for its class. */
    static void bind(PreparedStatement statement, int parameter, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(parameter, Types.NULL);
        } else if (value instanceof String text) {
            statement.setString(parameter, text);
        } else if (value instanceof Integer number) {
            statement.setInt(parameter, number);
        } else if (value instanceof Long number) {
            statement.setLong(parameter, number);
        } else if (value instanceof BigDecimal number) {
            statement.setBigDecimal(parameter, number);
        } else if (value instanceof Boolean truth) {
            statement.setBoolean(parameter, truth);
        } else {
            statement.setObject(parameter, value);
        }
    }
}
