package dev.persistence.schema;

import java.math.BigDecimal;

/**
 * The type of a column together with the limits a value must keep. A real table that is narrower than its declaration
 * replaces a type by a narrower one of the same kind.
 */
public sealed interface ValueType {

    /** The name used in declarations, such as {@code string}. */
    String label();

    /** Whether a value is written as a quoted SQL literal, as opposed to bare digits. */
    boolean quoted();

    /**
     * Text limited by its length.
     *
     * @param length at most this many characters (Unicode code points)
     * @param notEmpty whether the empty string is a fault
     */
    record StringType(int length, boolean notEmpty) implements ValueType {
        @Override
        public String label() {
            return "string";
        }

        @Override
        public boolean quoted() {
            return true;
        }
    }

    /**
     * Text limited by its size.
     *
     * @param bytes at most this many bytes of UTF-8
     */
    record TextType(long bytes) implements ValueType {
        @Override
        public String label() {
            return "text";
        }

        @Override
        public boolean quoted() {
            return true;
        }
    }

    /**
     * A whole number; both {@code integer} (32 bit) and {@code long} (64 bit).
     *
     * @param label {@code integer} or {@code long}
     * @param min the smallest value allowed
     * @param max the largest value allowed
     */
    record IntegerType(String label, long min, long max) implements ValueType {
        @Override
        public boolean quoted() {
            return false;
        }
    }

    /**
     * A decimal number.
     *
     * @param precision digits in all
     * @param scale digits behind the point; values are rounded half-up to it
     * @param min the smallest value allowed, before rounding
     * @param max the largest value allowed, before rounding
     */
    record DecimalType(int precision, int scale, BigDecimal min, BigDecimal max) implements ValueType {
        @Override
        public String label() {
            return "decimal";
        }

        @Override
        public boolean quoted() {
            return false;
        }
    }

    /** True or false, stored as 1 or 0. */
    record BooleanType() implements ValueType {
        @Override
        public String label() {
            return "boolean";
        }

        @Override
        public boolean quoted() {
            return false;
        }
    }

    /**
     * A moment, in microseconds since 1970-01-01 UTC.
     *
     * @param earliestMicros the earliest moment allowed
     * @param latestMicros the latest moment allowed
     * @param fractionDigits digits of a second that are kept, 0 to 6; the rest is cut
     */
    record TimestampType(long earliestMicros, long latestMicros, int fractionDigits) implements ValueType {
        @Override
        public String label() {
            return "timestamp";
        }

        @Override
        public boolean quoted() {
            return true;
        }

        /** Cuts a moment (never rounds it) to the digits that this column keeps. */
        public long cut(long micros) {
            long unit = 1;
            for (int digit = fractionDigits; digit < 6; digit++) {
                unit *= 10;
            }
            return Math.floorDiv(micros, unit) * unit;
        }
    }

    /**
     * A JSON object or array, stored as it was sent.
     *
     * @param bytes at most this many bytes of UTF-8, insignificant white space not counted
     * @param depth at most this many arrays and objects within each other
     * @param doubleNumbers whether every number must be within the range of a double, as a native JSON column needs it
     */
    record JsonType(long bytes, int depth, boolean doubleNumbers) implements ValueType {
        @Override
        public String label() {
            return "json";
        }

        @Override
        public boolean quoted() {
            return true;
        }
    }
}
