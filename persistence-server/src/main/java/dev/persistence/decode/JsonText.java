package dev.persistence.decode;

/** JSON that is known to be well formed, as bytes. */
final class JsonText {

    /** In place of a length: a string escapes one half of a surrogate pair without the other. */
    static final int LONE_SURROGATE = -1;

    private JsonText() {}

    /**
     * Copies JSON without the white space between its tokens.
     *
     * @return bytes copied, or {@link #LONE_SURROGATE}
     */
    static int compact(byte[] source, int from, int to, byte[] target, int at) {
        int end = at;
        boolean inString = false;
        boolean highSurrogate = false; // the escape just copied was the first half of a pair
        for (int i = from; i < to; i++) {
            byte b = source[i];
            if (!inString) {
                inString = b == '"';
                if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                    continue;
                }
            } else if (b == '\\' && source[i + 1] == 'u') {
                char unit = hex(source, i + 2);
                if (Character.isLowSurrogate(unit) != highSurrogate) {
                    return LONE_SURROGATE;
                }
                highSurrogate = Character.isHighSurrogate(unit);
                System.arraycopy(source, i, target, end, 5);
                end += 5;
                i += 5;
                b = source[i];
            } else {
                if (highSurrogate) {
                    return LONE_SURROGATE;
                }
                inString = b != '"';
                if (b == '\\') {
                    target[end++] = b;
                    b = source[++i];
                }
            }
            target[end++] = b;
        }
        return end - at;
    }

    private static char hex(byte[] source, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value << 4 | Character.digit(source[i], 16);
        }
        return (char) value;
    }
}
