package dev.persistence.decode;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * ISO 8601 date and time in the extended format, to microseconds. The library's parser is not used because it throws on
 * each fault and takes several times as long, and because it is narrower: no space for {@code T}, no {@code +0100}.
 */
final class Iso8601 {

    /** In place of a moment: the text is none. */
    static final long NOT_A_MOMENT = Long.MIN_VALUE;

    private static final int NO_NUMBER = -1;

    private final ZoneId naiveTimeZone;

    // The text and the place reached; owned by the event loop.
    private char[] text = {};
    private int end;
    private int at;

    /** A reader of moments, those without a zone in {@code naiveTimeZone}. */
    Iso8601(ZoneId naiveTimeZone) {
        this.naiveTimeZone = naiveTimeZone.normalized(); // UTC by any name is a fixed offset, which costs less
    }

    /** UTC microseconds since 1970-01-01, digits beyond microseconds cut, or {@link #NOT_A_MOMENT}. */
    long micros(char[] chars, int from, int length) {
        text = chars;
        at = from;
        end = from + length;
        return parse();
    }

    private long parse() {
        int year = number(4);
        int month = skip('-', '-') ? number(2) : NO_NUMBER;
        int day = skip('-', '-') ? number(2) : NO_NUMBER;
        int hour = skip('T', ' ') || skip('t', 't') ? number(2) : NO_NUMBER;
        int minute = skip(':', ':') ? number(2) : NO_NUMBER;
        if (year < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || !isDay(year, month, day)) {
            return NOT_A_MOMENT;
        }
        boolean toTheSecond = skip(':', ':');
        int second = toTheSecond ? number(2) : 0;
        int micros = toTheSecond && skip('.', ',') ? fraction() : 0; // never a fraction of a minute
        if (second < 0 || second > 59 || micros < 0) {
            return NOT_A_MOMENT;
        }
        LocalDate date = LocalDate.of(year, month, day);
        long seconds = date.toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second;
        long offset = at == end ? naiveOffset(seconds) : zone();
        return offset == NOT_A_MOMENT || at != end ? NOT_A_MOMENT : (seconds - offset) * 1_000_000 + micros;
    }

    private static boolean isDay(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    private long naiveOffset(long localSeconds) {
        if (naiveTimeZone instanceof ZoneOffset fixed) {
            return fixed.getTotalSeconds();
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
        return localSeconds - local.atZone(naiveTimeZone).toEpochSecond(); // also right where the clocks change
    }

    /** Seconds east of UTC: {@code Z}, {@code +08}, {@code +0800} or {@code +08:00}. */
    private long zone() {
        if (skip('Z', 'z')) {
            return 0;
        }
        boolean west = at < end && text[at] == '-';
        if (!skip('+', '-')) {
            return NOT_A_MOMENT;
        }
        int hours = number(2);
        int minutes = at == end ? 0 : minutesOfZone();
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return NOT_A_MOMENT;
        }
        int seconds = hours * 3600 + minutes * 60;
        return west ? -seconds : seconds;
    }

    private int minutesOfZone() {
        skip(':', ':');
        return number(2);
    }

    private boolean skip(char one, char other) {
        if (at < end && (text[at] == one || text[at] == other)) {
            at++;
            return true;
        }
        return false;
    }

    private int number(int digits) {
        if (end - at < digits) {
            return NO_NUMBER;
        }
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = text[at++] - '0';
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    /** One digit or more, of which six count. */
    private int fraction() {
        int start = at;
        int micros = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            micros = at - start < 6 ? 10 * micros + (text[at] - '0') : micros;
            at++;
        }
        if (at == start) {
            return NO_NUMBER;
        }
        for (int missing = at - start; missing < 6; missing++) {
            micros *= 10;
        }
        return micros;
    }
}
