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
    private final String expected;

    DecimalReader(int column, DecimalType type) {
        this.column = column;
        this.type = type;
        this.bound = BigDecimal.TEN.pow(type.precision() - type.scale());
        this.expected = "must be a number from " + type.min().toPlainString() + " to "
                + type.max().toPlainString();
    }

    @Override
    public String read(JsonParser parser, DecodedBatch batch) throws IOException {
        if (!Numbers.mayBeNumber(parser.currentToken())) {
            parser.skipChildren();
            return expected;
        }
        int length = parser.getTextLength();
        BigDecimal number = length <= MAX_DIGITS
                ? Numbers.decimal(parser.getTextCharacters(), parser.getTextOffset(), length)
                : null;
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
