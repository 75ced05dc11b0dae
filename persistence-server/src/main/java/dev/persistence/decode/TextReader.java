package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.schema.ValueType.StringType;
import dev.persistence.schema.ValueType.TextType;
import java.io.IOException;

/** Reads strings: limited by characters ({@code string}) or by bytes of UTF-8 ({@code text}). */
final class TextReader implements ValueReader {

    private static final String LONE_SURROGATE = "must not contain a lone surrogate";

    private final int column;
    private final int minCharacters;
    private final long maxCharacters;
    private final long maxBytes;
    private final long maxUnits; // UTF-16 units: at most two a character, and never more than bytes of UTF-8
    private final String expected;

    TextReader(int column, StringType type) {
        this.column = column;
        this.minCharacters = type.notEmpty() ? 1 : 0;
        this.maxCharacters = type.length();
        this.maxBytes = Long.MAX_VALUE;
        this.maxUnits = 2L * type.length();
        this.expected = type.notEmpty()
                ? "must be a string of 1 to " + type.length() + " characters"
                : "must be a string of at most " + type.length() + " characters";
    }

    TextReader(int column, TextType type) {
        this.column = column;
        this.minCharacters = 0;
        this.maxCharacters = Long.MAX_VALUE;
        this.maxBytes = type.bytes();
        this.maxUnits = type.bytes();
        this.expected = "must be a string of at most " + type.bytes() + " bytes of UTF-8";
    }

    @Override
    public String read(JsonParser parser, DecodedBatch batch) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return expected;
        }
        char[] chars = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int to = from + parser.getTextLength();
        if (to - from > maxUnits) {
            return expected; // before there is room made for it
        }
        byte[] target = batch.reserve(3 * (to - from));
        int at = batch.bytes();
        int characters = to - from;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c < 0x80) {
                target[at++] = (byte) c;
            } else if (c < 0x800) {
                target[at++] = (byte) (0xC0 | (c >> 6));
                target[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                target[at++] = (byte) (0xE0 | (c >> 12));
                target[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
                target[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (i + 1 < to && Character.isSurrogatePair(c, chars[i + 1])) {
                int point = Character.toCodePoint(c, chars[++i]);
                target[at++] = (byte) (0xF0 | (point >> 18));
                target[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
                target[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
                target[at++] = (byte) (0x80 | (point & 0x3F));
                characters--;
            } else {
                return LONE_SURROGATE;
            }
        }
        int bytes = at - batch.bytes();
        if (characters < minCharacters || characters > maxCharacters || bytes > maxBytes) {
            return expected;
        }
        batch.endValue(column, bytes);
        return null;
    }
}
