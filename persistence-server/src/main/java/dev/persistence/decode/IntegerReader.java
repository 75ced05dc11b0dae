package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.schema.ValueType.IntegerType;
import java.io.IOException;
import java.math.BigDecimal;

/** Reads whole numbers: JSON integers, floats without a fraction, and strings of digits. */
final class IntegerReader implements ValueReader {

    /** More digits than any long has; leaves room for leading zeros in a string. */
    private static final int MAX_DIGITS = 100;

    private static final BigDecimal SMALLEST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final int column;
    private final IntegerType type;
    private final String expected;

    IntegerReader(int column, IntegerType type) {
        this.column = column;
        this.type = type;
        this.expected = "must be an integer from " + type.min() + " to " + type.max();
    }

    @Override
    public String read(JsonParser parser, DecodedBatch batch) throws IOException {
        JsonToken token = parser.currentToken();
        if (!Numbers.mayBeNumber(token)) {
            parser.skipChildren();
            return expected;
        }
        int length = parser.getTextLength();
        if (length > MAX_DIGITS) {
            return expected; // before its pieces are put together
        }
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        long plain = Numbers.plain(text, from, length, 0);
        if (plain != Numbers.NOT_PLAIN) {
            return store(plain, batch);
        }
        if (token != JsonToken.VALUE_NUMBER_FLOAT && !areDigits(text, from, length)) {
            return expected;
        }
        BigDecimal number = Numbers.decimal(text, from, length);
        if (number == null || number.compareTo(SMALLEST) < 0 || number.compareTo(LARGEST) > 0) {
            return expected;
        }
        // In this range the exponent is small from above; from below, a tiny fraction is never integral.
        if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
            return expected;
        }
        return store(number.signum() == 0 ? 0 : number.longValueExact(), batch);
    }

    private String store(long value, DecodedBatch batch) {
        if (value < type.min() || value > type.max()) {
            return expected;
        }
        batch.endNumber(column, value, 0);
        return null;
    }

    private static boolean areDigits(char[] text, int from, int length) {
        int start = length > 0 && text[from] == '-' ? 1 : 0;
        for (int i = start; i < length; i++) {
            if (text[from + i] < '0' || text[from + i] > '9') {
                return false;
            }
        }
        return length > start;
    }
}
