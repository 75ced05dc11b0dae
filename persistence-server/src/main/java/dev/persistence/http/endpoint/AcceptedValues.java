package dev.persistence.http.endpoint;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a header of the kind of {@code Accept} lists, with the quality that it gives each value (RFC 9110, 12.4.2).
 * Parameters other than the quality are not looked at. Immutable.
 */
final class AcceptedValues {

    private static final Pattern QUALITY = Pattern.compile("q=[01](\\.[0-9]{0,3})?");

    private final Map<String, Double> qualities = new HashMap<>();

    private AcceptedValues() {}

    /** Of all lines of the header together; empty where there is none. */
    static AcceptedValues of(HttpHeaders headers, CharSequence name) {
        AcceptedValues accepted = new AcceptedValues();
        for (String line : headers.getAll(name)) {
            for (String element : line.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = element.split(";", -1);
                accepted.qualities.merge(parts[0].trim(), quality(parts), Math::max);
            }
        }
        return accepted;
    }

    private static double quality(String[] parts) {
        for (int part = 1; part < parts.length; part++) {
            String parameter = parts[part].trim();
            if (parameter.startsWith("q=")) {
                return QUALITY.matcher(parameter).matches() ? Double.parseDouble(parameter.substring(2)) : 0;
            }
        }
        return 1;
    }

    /** The quality of a value by its own name, which a range such as {@code *} does not give; 0 where it is not named. */
    double quality(String value) {
        return qualities.getOrDefault(value, 0.0);
    }

    /** Whether a value is named, and the other one not with a higher quality. */
    boolean prefer(String value, String other) {
        return quality(value) > 0 && quality(value) >= quality(other);
    }
}
