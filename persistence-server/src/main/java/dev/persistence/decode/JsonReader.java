package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.schema.ValueType.JsonType;
import java.io.IOException;

/**
 * Reads objects and arrays that are stored as they were sent. The parser walks over the value, which proves it well
 * formed; then its bytes are copied without the white space between tokens.
 */
final class JsonReader implements ValueReader {

    private final int column;
    private final JsonType type;
    private final JsonSource source;
    private final String expected;

    JsonReader(int column, JsonType type, JsonSource source) {
        this.column = column;
        this.type = type;
        this.source = source;
        this.expected = "must be an object or array at most " + type.depth() + " deep"
                + (type.bytes() == Integer.MAX_VALUE ? "" : ", of at most " + type.bytes() + " bytes");
    }

    @Override
    public String read(JsonParser parser, DecodedBatch batch) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return expected;
        }
        int from = source.index(parser.currentTokenLocation().getByteOffset());
        String fault = walk(parser);
        if (fault != null) {
            return fault;
        }
        int to = source.index(parser.currentLocation().getByteOffset());
        byte[] target = batch.reserve(to - from);
        int length = JsonText.compact(source.bytes(), from, to, target, batch.bytes());
        if (length == JsonText.LONE_SURROGATE) {
            return "must not contain a lone surrogate";
        }
        if (length > type.bytes()) {
            return expected;
        }
        batch.endValue(column, length);
        return null;
    }

    private String walk(JsonParser parser) throws IOException {
        String fault = null;
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
                fault = depth > type.depth() ? expected : fault;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (type.doubleNumbers() && token.isNumeric() && !isDouble(parser)) {
                fault = "must not contain a number beyond the range of a double";
            }
        }
        return fault;
    }

    private static boolean isDouble(JsonParser parser) throws IOException {
        return Double.isFinite(Double.parseDouble(parser.getText()));
    }
}
