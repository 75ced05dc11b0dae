package dev.persistence.mysql;

import dev.persistence.schema.ValueType;
import dev.persistence.schema.ValueType.BooleanType;
import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import dev.persistence.schema.ValueType.JsonType;
import dev.persistence.schema.ValueType.StringType;
import dev.persistence.schema.ValueType.TextType;
import dev.persistence.schema.ValueType.TimestampType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Types, and what a table narrows of them, in words for people. */
final class TypeWords {

    private TypeWords() {}

    static String of(ValueType type) {
        if (type instanceof StringType string) {
            return "string of " + string.length() + " characters";
        } else if (type instanceof TextType text) {
            return "text of " + text.bytes() + " bytes";
        } else if (type instanceof IntegerType integer) {
            return integer.label() + " from " + integer.min() + " to " + integer.max();
        } else if (type instanceof DecimalType decimal) {
            return "decimal(" + decimal.precision() + ", " + decimal.scale() + ")";
        }
        return type.label();
    }

    /** What is narrower about the second of two types of the same kind; the bound that a packet sets is not counted. */
    static List<String> narrowed(ValueType from, ValueType to, long mostBytes) {
        List<String> words = new ArrayList<>();
        if (from instanceof TimestampType a && to instanceof TimestampType b) {
            timestamp(a, b, words);
        } else if (from instanceof JsonType a && to instanceof JsonType b) {
            json(a, b, mostBytes, words);
        } else if (from instanceof DecimalType a && to instanceof DecimalType b) {
            decimal(a, b, words);
        } else if (from instanceof TextType a && to instanceof TextType b) {
            if (b.bytes() < Math.min(a.bytes(), mostBytes)) {
                words.add("at most " + b.bytes() + " bytes instead of " + a.bytes());
            }
        } else if (from instanceof StringType a && to instanceof StringType b) {
            if (b.length() < a.length()) {
                words.add("at most " + b.length() + " characters instead of " + a.length());
            }
        } else if (!(from instanceof BooleanType) && !from.equals(to)) {
            words.add(of(to) + " instead of " + of(from));
        }
        return words;
    }

    private static void timestamp(TimestampType from, TimestampType to, List<String> words) {
        if (to.fractionDigits() < from.fractionDigits()) {
            words.add("times are cut to " + to.fractionDigits() + " digits of a second");
        }
        if (to.earliestMicros() > from.earliestMicros() || to.latestMicros() < from.latestMicros()) {
            words.add("times from " + instant(to.earliestMicros()) + " to " + instant(to.latestMicros()) + " only");
        }
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static void json(JsonType from, JsonType to, long mostBytes, List<String> words) {
        if (to.bytes() < Math.min(from.bytes(), mostBytes)) {
            words.add("at most " + to.bytes() + " bytes");
        }
        if (to.depth() < from.depth()) {
            words.add("at most " + to.depth() + " deep instead of " + from.depth());
        }
        if (to.doubleNumbers() && !from.doubleNumbers()) {
            words.add("numbers within the range of a double only");
        }
    }

    private static void decimal(DecimalType from, DecimalType to, List<String> words) {
        if (to.scale() < from.scale()) {
            words.add("rounded to " + to.scale() + " digits behind the point instead of " + from.scale());
        }
        if (to.min().compareTo(from.min()) > 0 || to.max().compareTo(from.max()) < 0) {
            words.add("from " + to.min().toPlainString() + " to " + to.max().toPlainString() + " only");
        }
    }
}
