package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads {@code true} and {@code false}. */
final class BooleanReader implements ValueReader {

    private final int column;

    BooleanReader(int column) {
        this.column = column;
    }

    @Override
    public String read(JsonParser parser, DecodedBatch batch) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            parser.skipChildren();
            return "must be true or false";
        }
        batch.endNumber(column, token == JsonToken.VALUE_TRUE ? 1 : 0, 0);
        return null;
    }
}
