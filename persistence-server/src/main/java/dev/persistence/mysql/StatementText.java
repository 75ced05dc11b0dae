package dev.persistence.mysql;

import dev.persistence.schema.TimestampText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of one statement under construction, as UTF-8 in one array that is used again and again. Owned by the writer
 * thread.
 *
 * <p>A quoted value cannot end early: its quotes are doubled (which holds under any {@code sql_mode}), its backslashes
 * are escaped (the session is without {@code NO_BACKSLASH_ESCAPES}; with it they would be doubled, not break out), and
 * in UTF-8 no byte of a longer character is a quote or a backslash.
 */
final class StatementText {

    private static final int KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[1 << 16];
    private int length;

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Cuts the text back to what it was at that length. */
    void truncate(int to) {
        length = to;
    }

    /** Gives back an array that grew large. */
    void release() {
        length = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[KEPT_BYTES];
        }
    }

    void raw(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    void raw(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    /** A string literal that holds these bytes of UTF-8. */
    void quoted(byte[] source, int from, int to) {
        ensure(2 * (long) (to - from) + 2);
        byte[] target = bytes;
        int at = length;
        target[at++] = '\'';
        for (int i = from; i < to; i++) {
            byte b = source[i];
            if (b == '\'' || b == '\\') {
                target[at++] = b;
                target[at++] = b;
            } else if (b == 0) {
                target[at++] = '\\';
                target[at++] = '0';
            } else {
                target[at++] = b;
            }
        }
        target[at++] = '\'';
        length = at;
    }

    /** A number as it is; anything that is not one is a defect of the caller and never reaches the server. */
    void number(byte[] source, int from, int to) {
        ensure(to - (long) from);
        for (int i = from; i < to; i++) {
            byte b = source[i];
            if ((b < '0' || b > '9') && b != '-' && b != '.') {
                throw new IllegalStateException("byte " + b + " in a number");
            }
            bytes[length++] = b;
        }
        if (from == to) {
            throw new IllegalStateException("a number without digits");
        }
    }

    /** A moment in quotes, with as many digits of a second as asked for. */
    void moment(long micros, int fractionDigits) {
        ensure(TimestampText.MAX_LENGTH + 2);
        bytes[length++] = '\'';
        length = TimestampText.write(bytes, length, micros, fractionDigits);
        bytes[length++] = '\'';
    }

    private void ensure(long more) {
        long needed = length + more;
        if (needed > bytes.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalStateException("a statement of " + needed + " bytes");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), Integer.MAX_VALUE - 8));
        }
    }

    /** The bytes as a string, a character for what the charset makes of them. */
    String decoded(Charset charset) {
        return new String(bytes, 0, length, charset);
    }

    @Override
    public String toString() {
        return decoded(StandardCharsets.UTF_8);
    }
}
