package dev.persistence.mysql;

import dev.persistence.schema.Column;
import dev.persistence.schema.ValueType;
import dev.persistence.schema.ValueType.BooleanType;
import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import dev.persistence.schema.ValueType.JsonType;
import dev.persistence.schema.ValueType.StringType;
import dev.persistence.schema.ValueType.TextType;
import dev.persistence.schema.ValueType.TimestampType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** The narrowest of a declared type and what a real column holds. */
final class ColumnFit {

    private static final Set<String> TEXTS = Set.of("tinytext", "text", "mediumtext", "longtext");
    private static final Set<String> BYTES = Set.of("varbinary", "tinyblob", "blob", "mediumblob", "longblob");
    private static final int BYTES_A_CHARACTER = 4;
    private static final long FIRST_TIMESTAMP = micros("1970-01-01T00:00:01Z");
    private static final long LAST_TIMESTAMP = micros("2037-12-31T23:59:59.999999Z");

    private final Dialect dialect;
    private final TableColumn real;
    private final long mostBytes;

    /** @param mostBytes of any one value, whatever the column holds: it has to get through a packet */
    ColumnFit(Dialect dialect, TableColumn real, long mostBytes) {
        this.dialect = dialect;
        this.real = real;
        this.mostBytes = mostBytes;
    }

    /** The type narrowed to what the column holds; empty if the column cannot hold it. */
    Optional<ValueType> narrow(Column declared) {
        ValueType type = declared.type();
        if (type instanceof StringType string) {
            return string(string);
        } else if (type instanceof TextType text) {
            return byteCapacity().map(bytes -> new TextType(least(text.bytes(), bytes, mostBytes)));
        } else if (type instanceof IntegerType integer) {
            return integer(integer);
        } else if (type instanceof DecimalType decimal) {
            return decimal(decimal);
        } else if (type instanceof BooleanType) {
            boolean fits = real.dataType().equals("bit") || integerMost().isPresent();
            return fits ? Optional.of(type) : Optional.empty();
        } else if (type instanceof TimestampType time) {
            return timestamp(time);
        } else if (type instanceof JsonType json) {
            return json(json);
        }
        return Optional.empty();
    }

    /** Whether a text column holds every character; other character sets lose some, so they hold no declared text. */
    boolean losesCharacters() {
        return real.charset() != null && !real.charset().equals("utf8mb4");
    }

    private Optional<ValueType> string(StringType type) {
        if (losesCharacters()) {
            return Optional.empty();
        }
        boolean countsCharacters =
                real.dataType().equals("varchar") || real.dataType().equals("char");
        Optional<Long> characters = countsCharacters
                ? Optional.of(real.characters())
                : byteCapacity().map(bytes -> bytes / BYTES_A_CHARACTER);
        return characters
                .filter(most -> most > 0)
                .map(most -> new StringType((int) Math.min(type.length(), most), type.notEmpty()));
    }

    /** Bytes that fit in any case; a character is at least one byte, so a VARCHAR takes as many bytes as characters. */
    private Optional<Long> byteCapacity() {
        if (losesCharacters()) {
            return Optional.empty();
        }
        return switch (real.dataType()) {
            case "varchar", "char" -> Optional.of(real.characters()).filter(characters -> characters > 0);
            default ->
                TEXTS.contains(real.dataType()) || BYTES.contains(real.dataType())
                        ? Optional.of(real.bytes())
                        : Optional.empty();
        };
    }

    private Optional<ValueType> json(JsonType type) {
        if (real.dataType().equals("json")) {
            return Optional.of(new JsonType(Math.min(type.bytes(), mostBytes), type.depth(), true));
        }
        int depth = real.jsonChecked() ? Math.min(type.depth(), dialect.jsonDepth()) : type.depth();
        boolean doubles = type.doubleNumbers() || (real.jsonChecked() && dialect != Dialect.MARIADB);
        return byteCapacity().map(bytes -> new JsonType(least(type.bytes(), bytes, mostBytes), depth, doubles));
    }

    private Optional<ValueType> integer(IntegerType type) {
        Optional<BigInteger> most = integerMost();
        if (most.isEmpty() && real.dataType().equals("decimal") && real.precision() > real.scale()) {
            most = Optional.of(
                    BigInteger.TEN.pow(real.precision() - real.scale()).subtract(BigInteger.ONE));
        }
        return most.map(highest -> new IntegerType(
                        type.label(),
                        integerLeast(highest)
                                .max(BigInteger.valueOf(type.min()))
                                .longValueExact(),
                        highest.min(BigInteger.valueOf(type.max())).longValueExact()))
                .filter(narrow -> narrow.min() <= narrow.max())
                .map(ValueType.class::cast);
    }

    private Optional<BigInteger> integerMost() {
        int bits = switch (real.dataType()) {
            case "tinyint" -> 8;
            case "smallint" -> 16;
            case "mediumint" -> 24;
            case "int" -> 32;
            case "bigint" -> 64;
            default -> 0;
        };
        if (bits == 0) {
            return Optional.empty();
        }
        return Optional.of(BigInteger.TWO.pow(real.unsigned() ? bits : bits - 1).subtract(BigInteger.ONE));
    }

    private BigInteger integerLeast(BigInteger most) {
        if (real.unsigned()) {
            return BigInteger.ZERO;
        }
        return real.dataType().equals("decimal") ? most.negate() : most.negate().subtract(BigInteger.ONE);
    }

    private Optional<ValueType> decimal(DecimalType type) {
        boolean approximate = (real.dataType().equals("double") && type.precision() <= 15)
                || (real.dataType().equals("float") && type.precision() <= 6);
        if (approximate) {
            return Optional.of(real.unsigned() ? decimalAtLeastZero(type) : type);
        } else if (!real.dataType().equals("decimal")) {
            return Optional.empty();
        }
        int scale = Math.min(type.scale(), real.scale());
        int whole = Math.min(type.precision() - type.scale(), real.precision() - real.scale());
        BigDecimal highest =
                BigDecimal.TEN.pow(whole + scale).subtract(BigDecimal.ONE).movePointLeft(scale);
        BigDecimal lowest = real.unsigned() ? BigDecimal.ZERO : highest.negate();
        BigDecimal min = type.min().max(lowest);
        BigDecimal max = type.max().min(highest);
        return min.compareTo(max) <= 0
                ? Optional.of(new DecimalType(Math.max(1, whole + scale), scale, min, max))
                : Optional.empty();
    }

    private static DecimalType decimalAtLeastZero(DecimalType type) {
        return new DecimalType(type.precision(), type.scale(), type.min().max(BigDecimal.ZERO), type.max());
    }

    private Optional<ValueType> timestamp(TimestampType type) {
        int digits = Math.min(type.fractionDigits(), real.fractionDigits());
        return switch (real.dataType()) {
            case "datetime" -> Optional.of(new TimestampType(type.earliestMicros(), type.latestMicros(), digits));
            case "timestamp" ->
                Optional.of(new TimestampType(
                        Math.max(type.earliestMicros(), FIRST_TIMESTAMP),
                        Math.min(type.latestMicros(), LAST_TIMESTAMP),
                        digits));
            default -> Optional.empty();
        };
    }

    private static long least(long a, long b, long c) {
        return Math.min(a, Math.min(b, c));
    }

    private static long micros(String moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(moment));
    }
}
