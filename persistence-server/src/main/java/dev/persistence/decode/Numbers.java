package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;

/** Decimal text to numbers, for tokens of the parser and for numbers that were sent as strings. */
final class Numbers {

    /** In place of a number: the text is not that simple. */
    static final long NOT_PLAIN = Long.MIN_VALUE;

    private static final int DIGITS_OF_A_LONG = 18;

    private Numbers() {}

    /** Whether a value can be a number: JSON's own, or one that was sent as a string. */
    static boolean mayBeNumber(JsonToken token) {
        return token.isNumeric() || token == JsonToken.VALUE_STRING;
    }

    /**
     * The number times 10^{@code scale}, where its text is the usual one: digits that all count and fit a long, perhaps
     * with a minus and a point. It makes no objects, as {@link #decimal} does for any other text.
     */
    static long plain(char[] text, int from, int length, int scale) {
        boolean negative = length > 0 && text[from] == '-';
        long value = 0;
        int digits = 0;
        int whole = -1; // digits before the point, once there is one
        for (int i = negative ? from + 1 : from; i < from + length; i++) {
            char c = text[i];
            if (c >= '0' && c <= '9') {
                value = 10 * value + (c - '0');
                digits++;
            } else if (c == '.' && whole < 0 && digits > 0) {
                whole = digits;
            } else {
                return NOT_PLAIN;
            }
        }
        int fraction = whole < 0 ? 0 : digits - whole;
        if (digits == 0 || digits == whole || fraction > scale || digits - fraction + scale > DIGITS_OF_A_LONG) {
            return NOT_PLAIN;
        }
        for (int missing = scale - fraction; missing > 0; missing--) {
            value *= 10;
        }
        return negative ? -value : value;
    }

    /** The number, or null if the text is none: digits with an optional sign, point and exponent, all ASCII. */
    static BigDecimal decimal(char[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            char c = text[i];
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return null;
            }
        }
        try {
            return new BigDecimal(text, from, length);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
