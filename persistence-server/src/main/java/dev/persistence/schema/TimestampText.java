package dev.persistence.schema;

import java.time.LocalDate;

/** Moments in the form SQL takes: {@code 2026-01-02 03:04:05.678901}, in UTC. */
public final class TimestampText {

    /** Bytes of the longest text. */
    public static final int MAX_LENGTH = 26;

    private static final long SECONDS_A_DAY = 86_400;
    private static final long MICROS_A_SECOND = 1_000_000;

    private TimestampText() {}

    /**
     * Writes a moment as ASCII.
     *
     * @param micros UTC microseconds since 1970-01-01, in the years 1 to 9999
     * @param fractionDigits digits behind the seconds, 0 to 6
     * @return the index behind the last byte written
     */
    public static int write(byte[] target, int at, long micros, int fractionDigits) {
        long seconds = Math.floorDiv(micros, MICROS_A_SECOND);
        int secondOfDay = (int) Math.floorMod(seconds, SECONDS_A_DAY);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
        int end = digits(target, at, date.getYear(), 4, '-');
        end = digits(target, end, date.getMonthValue(), 2, '-');
        end = digits(target, end, date.getDayOfMonth(), 2, ' ');
        end = digits(target, end, secondOfDay / 3600, 2, ':');
        end = digits(target, end, secondOfDay / 60 % 60, 2, ':');
        end = digits(target, end, secondOfDay % 60, 2, '.');
        if (fractionDigits == 0) {
            return end - 1;
        }
        digits(target, end, (int) Math.floorMod(micros, MICROS_A_SECOND), 6, ' ');
        return end + fractionDigits;
    }

    private static int digits(byte[] target, int at, int value, int count, char separator) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        if (at + count < target.length) {
            target[at + count] = (byte) separator;
        }
        return at + count + 1;
    }
}
