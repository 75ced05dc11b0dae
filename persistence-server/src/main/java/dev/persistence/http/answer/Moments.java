package dev.persistence.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Moments as answers carry them: in documents ISO 8601, UTC, always to the microsecond. */
final class Moments {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Moments() {}

    /** The form of the header {@code Date} (RFC 9110). */
    static String httpDate(Instant moment) {
        return HTTP_DATE.format(moment);
    }

    static String text(Instant moment) {
        return FORM.format(moment);
    }

    /** @param micros since 1970-01-01 UTC */
    static String text(long micros) {
        return text(instant(micros));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
