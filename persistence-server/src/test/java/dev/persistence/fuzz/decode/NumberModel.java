package dev.persistence.fuzz.decode;

import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** The contract's numbers, said once more in {@link BigDecimal} alone. A text is JSON's own or stood in a string. */
public final class NumberModel {

    public static final Pattern JSON_NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");
    private static final Pattern NUMERIC = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final BigDecimal TINY = new BigDecimal("1e-100");
    private static final int LONGEST_INTEGER = 100; // the service looks no further
    private static final int LONGEST_DECIMAL = 1000;

    private NumberModel() {}

    /** What the slot must hold, or nothing where it must be refused. */
    public static Optional<String> integer(String text, boolean inString, IntegerType type) {
        if (text.length() > LONGEST_INTEGER
                || !(inString ? DIGITS : JSON_NUMBER).matcher(text).matches()) {
            return Optional.empty();
        }
        return number(text)
                .filter(number -> number.compareTo(BigDecimal.valueOf(type.min())) >= 0
                        && number.compareTo(BigDecimal.valueOf(type.max())) <= 0
                        && isWhole(number))
                .map(number -> number.toBigInteger().toString());
    }

    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0
                || (number.abs().compareTo(BigDecimal.ONE) >= 0
                        && number.remainder(BigDecimal.ONE).signum() == 0);
    }

    /** What the slot must hold, or nothing where it must be refused. */
    public static Optional<String> decimal(String text, boolean inString, DecimalType type) {
        if (text.length() > LONGEST_DECIMAL
                || !(inString ? NUMERIC : JSON_NUMBER).matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal bound = BigDecimal.TEN.pow(type.precision() - type.scale());
        return number(text)
                .filter(number -> number.compareTo(type.min()) >= 0
                        && number.compareTo(type.max()) <= 0
                        && number.abs().compareTo(bound) < 0)
                .map(number -> number.abs().compareTo(TINY) < 0 ? BigDecimal.ZERO : number)
                .map(number -> number.setScale(type.scale(), RoundingMode.HALF_UP))
                .filter(number -> number.abs().compareTo(bound) < 0)
                .map(BigDecimal::toPlainString);
    }

    /** An exponent beyond 32 bits is refused, whatever it stands behind. */
    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException beyond) {
            return Optional.empty();
        }
    }
}
