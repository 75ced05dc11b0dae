package dev.persistence.schema;

import com.typesafe.config.Config;
import dev.persistence.schema.ValueType.BooleanType;
import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import dev.persistence.schema.ValueType.JsonType;
import dev.persistence.schema.ValueType.StringType;
import dev.persistence.schema.ValueType.TextType;
import dev.persistence.schema.ValueType.TimestampType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads one column of a declaration. */
final class ColumnDeclaration {

    private static final long EARLIEST_MICROS = micros("1000-01-01T00:00:00Z");
    private static final long LATEST_MICROS = micros("9999-12-31T23:59:59.999999Z");
    private static final int MAX_JSON_DEPTH = 100;

    private final Config declaration;

    private ColumnDeclaration(Config declaration) {
        this.declaration = declaration;
    }

    static Column read(Config declaration) {
        return new ColumnDeclaration(declaration).column();
    }

    private Column column() {
        String name = Declarations.matching(declaration, "name", Declarations.IDENTIFIER);
        ValueType type = type(declaration.getString("type"));
        boolean required = flag("required");
        Optional<String> defaultValue = declaration.hasPath("default")
                ? Optional.of(defaultValue(type, declaration.getString("default")))
                : Optional.empty();
        if (required && defaultValue.isPresent()) {
            throw wrong("a required column has no default");
        }
        return new Column(name, type, required, !required && defaultValue.isEmpty(), defaultValue);
    }

    private ValueType type(String label) {
        return switch (label) {
            case "string" -> {
                allow("length", "not-empty");
                yield new StringType((int) positive("length"), flag("not-empty"));
            }
            case "text" -> {
                allow("bytes");
                yield new TextType(positive("bytes"));
            }
            case "integer" -> integer(label, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "long" -> integer(label, Long.MIN_VALUE, Long.MAX_VALUE);
            case "decimal" -> decimal();
            case "boolean" -> {
                allow();
                yield new BooleanType();
            }
            case "timestamp" -> {
                allow();
                yield new TimestampType(EARLIEST_MICROS, LATEST_MICROS, 6);
            }
            case "json" -> {
                allow();
                yield new JsonType(Integer.MAX_VALUE, MAX_JSON_DEPTH, false);
            }
            default ->
                throw wrong("type = " + label
                        + " (expected string, text, integer, long, decimal, boolean, timestamp or json)");
        };
    }

    private IntegerType integer(String label, long lowest, long highest) {
        allow("min", "max");
        long min = declaration.hasPath("min") ? declaration.getLong("min") : lowest;
        long max = declaration.hasPath("max") ? declaration.getLong("max") : highest;
        if (min < lowest || max > highest || min > max) {
            throw wrong(
                    "min = " + min + ", max = " + max + " (expected a range within " + lowest + " to " + highest + ")");
        }
        return new IntegerType(label, min, max);
    }

    private DecimalType decimal() {
        allow("precision", "scale", "min", "max");
        int precision = (int) positive("precision");
        int scale = declaration.getInt("scale");
        if (precision > 65 || scale < 0 || scale > 30 || scale > precision) {
            throw wrong("precision = " + precision + ", scale = " + scale
                    + " (expected at most 65 and 30, and the scale within the precision)");
        }
        BigDecimal largest =
                BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE).movePointLeft(scale);
        BigDecimal min = limit("min", largest.negate());
        BigDecimal max = limit("max", largest);
        if (min.compareTo(largest.negate()) < 0 || max.compareTo(largest) > 0 || min.compareTo(max) > 0) {
            throw wrong("min = " + min + ", max = " + max + " (expected a range within "
                    + largest.negate().toPlainString() + " to " + largest.toPlainString() + ")");
        }
        return new DecimalType(precision, scale, min, max);
    }

    private BigDecimal limit(String member, BigDecimal otherwise) {
        return declaration.hasPath(member) ? number(declaration.getString(member)) : otherwise;
    }

    private String defaultValue(ValueType type, String value) {
        if (type instanceof IntegerType integer) {
            BigDecimal number = number(value);
            if (number.stripTrailingZeros().scale() > 0) {
                throw wrong("default = " + value + " (expected a whole number)");
            }
            return inRange(number, BigDecimal.valueOf(integer.min()), BigDecimal.valueOf(integer.max()), 0);
        } else if (type instanceof DecimalType decimal) {
            return inRange(number(value), decimal.min(), decimal.max(), decimal.scale());
        } else if (type instanceof BooleanType) {
            return declaration.getBoolean("default") ? "1" : "0";
        } else if (type instanceof StringType string
                && value.codePointCount(0, value.length()) <= string.length()
                && !(value.isEmpty() && string.notEmpty())) {
            return value;
        } else if (type instanceof TextType text && value.getBytes(StandardCharsets.UTF_8).length <= text.bytes()) {
            return value;
        }
        throw wrong("default = " + value + " (expected a value that fits the column; none for timestamp and json)");
    }

    private String inRange(BigDecimal number, BigDecimal min, BigDecimal max, int scale) {
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            throw wrong("default = " + number + " (expected a value from " + min + " to " + max + ")");
        }
        return number.setScale(scale, RoundingMode.HALF_UP).toPlainString();
    }

    private BigDecimal number(String value) {
        try {
            return new BigDecimal(value);
        } catch (NumberFormatException notANumber) {
            throw wrong(value + " is not a number");
        }
    }

    private long positive(String member) {
        long value = declaration.getLong(member);
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw wrong(member + " = " + value + " (expected 1 to " + Integer.MAX_VALUE + ")");
        }
        return value;
    }

    private boolean flag(String member) {
        return declaration.hasPath(member) && declaration.getBoolean(member);
    }

    private void allow(String... ofThisType) {
        Set<String> known = new HashSet<>(Set.of("name", "type", "required", "default"));
        known.addAll(Set.of(ofThisType));
        Declarations.refuseUnknown(declaration, "column " + declaration.getString("name") + ": ", known);
    }

    private DeclarationException wrong(String what) {
        return Declarations.wrong(declaration, "column " + declaration.getString("name") + ": " + what);
    }

    private static long micros(String moment) {
        Instant instant = Instant.parse(moment);
        // Not ChronoUnit.MICROS.between: it counts nanoseconds, which overflow beyond some 292 years.
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
