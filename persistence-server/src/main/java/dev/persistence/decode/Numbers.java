package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;

/** Decimal text to numbers, for tokens of the parser and for numbers that were sent as strings. */
final class Numbers {

    private Numbers() {}

    /** Whether a value can be a number: JSON's own, or one that was sent as a string. */
    static boolean mayBeNumber(JsonToken token) {
        return token.isNumeric() || token == JsonToken.VALUE_STRING;
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
