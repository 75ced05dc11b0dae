package dev.persistence.http.answer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Moments as answers carry them: in documents ISO 8601, UTC, always to the microsecond. */
public final class Moments {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Moments() {}

    /** The form of the header {@code Date} (RFC 9110). */
    public static String httpDate(Instant moment) {
        return HTTP_DATE.format(moment);
    }

    /** ISO 8601. */
    public static String text(Instant moment) {
        return FORM.format(moment);
    }

    /**
     * ISO 8601.
     *
     * @param micros since 1970-01-01 UTC
     */
    public static String text(long micros) {
        return text(instant(micros));
    }

    /**
     * The moment of a clock.
     *
     * @param micros since 1970-01-01 UTC
     */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
