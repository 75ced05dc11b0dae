package dev.persistence.fuzz.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The contract's moments, said once more with the library's means. */
public final class MomentModel {

    private static final Pattern MOMENT = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})"
            + "(?:(:[0-9]{2})(?:[.,]([0-9]+))?)?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?");

    private MomentModel() {}

    /** UTC microseconds, or nothing where the text is no moment. Whether its year is allowed is for its column to say. */
    public static OptionalLong micros(String text, ZoneId naiveTimeZone) {
        Matcher parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        try {
            String seconds = parts.group(3) == null ? ":00" : parts.group(3);
            LocalDateTime local = LocalDateTime.parse(parts.group(1) + "T" + parts.group(2) + seconds);
            long second = parts.group(5) == null
                    ? local.atZone(naiveTimeZone).toEpochSecond()
                    : local.toEpochSecond(ZoneOffset.UTC) - offset(parts.group(5));
            String fraction = parts.group(4) == null ? "" : parts.group(4);
            return OptionalLong.of(second * 1_000_000 + Long.parseLong((fraction + "000000").substring(0, 6)));
        } catch (DateTimeException noSuchTime) {
            return OptionalLong.empty();
        }
    }

    /** Seconds; the library allows no more than 18 hours. */
    private static int offset(String zone) {
        String digits = zone.replaceAll("[^0-9]", "");
        if (digits.isEmpty()) {
            return 0;
        }
        int hours = Integer.parseInt(digits.substring(0, 2));
        int minutes = digits.length() > 2 ? Integer.parseInt(digits.substring(2)) : 0;
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("no such zone");
        }
        int seconds = hours * 3600 + minutes * 60;
        return zone.startsWith("-") ? -seconds : seconds;
    }

    /** As SQL takes it, in UTC, with this many digits of the second. */
    public static String text(long micros, int fractionDigits) {
        String pattern = "uuuu-MM-dd HH:mm:ss" + (fractionDigits == 0 ? "" : "." + "S".repeat(fractionDigits));
        Instant moment =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L);
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(moment.atOffset(ZoneOffset.UTC));
    }
}
