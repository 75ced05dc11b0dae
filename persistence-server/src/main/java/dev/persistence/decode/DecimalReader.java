package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonParser;
import dev.persistence.schema.ValueType.DecimalType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads decimals: JSON numbers and numeric strings, rounded half-up to the column's scale. */
final class DecimalReader implements ValueReader {

    /** No column has more than 65 digits; a number spelt with more than this is not worth the work. */
    private static final int MAX_DIGITS = 1000;

    private final int column;
    private final DecimalType type;
    private final BigDecimal bound;
    private final long leastPlain; // the limits of what needs no rounding, times 10^scale
    private final long mostPlain;
    private final String expected;

    DecimalReader(int column, DecimalType type) {
        this.column = column;
        this.type = type;
        this.bound = BigDecimal.TEN.pow(type.precision() - type.scale());
        BigDecimal largest = bound.subtract(BigDecimal.ONE.movePointLeft(type.scale()));
        this.leastPlain = plain(type.min().max(largest.negate()), RoundingMode.CEILING);
        this.mostPlain = plain(type.max().min(largest), RoundingMode.FLOOR);
        this.expected = "must be a number from " + type.min().toPlainString() + " to "
                + type.max().toPlainString();
    }

    private long plain(BigDecimal limit, RoundingMode inwards) {
        BigDecimal beyondPlain = BigDecimal.valueOf(Long.MAX_VALUE);
        return limit.movePointRight(type.scale())
                .setScale(0, inwards)
                .max(beyondPlain.negate())
                .min(beyondPlain)
                .longValueExact();
    }

    @Override
    public String read(JsonParser parser, DecodedBatch batch) throws IOException {
        if (!Numbers.mayBeNumber(parser.currentToken())) {
            parser.skipChildren();
            return expected;
        }
        int length = parser.getTextLength();
        if (length > MAX_DIGITS) {
            return expected;
        }
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        long plain = Numbers.plain(text, from, length, type.scale());
        if (plain != Numbers.NOT_PLAIN && plain >= leastPlain && plain <= mostPlain) {
            batch.endNumber(column, plain, type.scale());
            return null;
        }
        return readAny(Numbers.decimal(text, from, length), batch);
    }

    private String readAny(BigDecimal number, DecodedBatch batch) {
        if (number == null || number.compareTo(type.min()) < 0 || number.compareTo(type.max()) > 0) {
            return expected;
        }
        BigDecimal rounded = isNegligible(number)
                ? BigDecimal.ZERO.setScale(type.scale())
                : number.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.abs().compareTo(bound) >= 0) {
            return expected;
        }
        batch.endAscii(column, rounded.toPlainString());
        return null;
    }

    /** Whether it rounds to zero by its exponent alone; rounding such a number would first write out all its zeros. */
    private boolean isNegligible(BigDecimal number) {
        return number.signum() == 0 || (long) number.scale() - number.precision() > type.scale();
    }
}
