package dev.persistence.history.oracle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The wall clock, in microseconds since 1970-01-01 UTC, and as the tables spell it, which sorts. */
public final class Micros {

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final long LAST = 253402300799_999_999L;

    private Micros() {}

    public static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    public static String text(long micros) {
        return TEXT.format(Instant.EPOCH.plus(Math.min(micros, LAST), ChronoUnit.MICROS));
    }
}
