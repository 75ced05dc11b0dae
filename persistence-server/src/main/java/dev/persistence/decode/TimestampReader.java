package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.schema.TimestampText;
import dev.persistence.schema.ValueType.TimestampType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/** Reads moments, and cuts them to the precision of their column. */
final class TimestampReader implements ValueReader {

    private final TimestampType type;
    private final Iso8601 moments;
    private final Target target;
    private final String expected;

    /** Where the moment goes, in UTC microseconds. */
    interface Target {
        void accept(DecodedBatch batch, long micros);
    }

    TimestampReader(TimestampType type, ZoneId naiveTimeZone, Target target) {
        this.type = type;
        this.moments = new Iso8601(naiveTimeZone);
        this.target = target;
        this.expected = "must be an ISO 8601 date and time from " + text(type.earliestMicros()) + " to "
                + text(type.latestMicros()) + " UTC";
    }

    /** Stores the moment among the record's values, in the form SQL takes. */
    static Target asText(int column, TimestampType type) {
        return (batch, micros) -> {
            byte[] bytes = batch.reserve(TimestampText.MAX_LENGTH);
            int end = TimestampText.write(bytes, batch.bytes(), micros, type.fractionDigits());
            batch.endValue(column, end - batch.bytes());
        };
    }

    @Override
    public String read(JsonParser parser, DecodedBatch batch) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return expected;
        }
        long micros = moments.micros(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (micros < type.earliestMicros() || micros > type.latestMicros()) { // NOT_A_MOMENT is below every range
            return expected;
        }
        target.accept(batch, type.cut(micros));
        return null;
    }

    private static String text(long micros) {
        byte[] bytes = new byte[TimestampText.MAX_LENGTH];
        int end = TimestampText.write(bytes, 0, micros, 0);
        return new String(bytes, 0, end, StandardCharsets.US_ASCII);
    }
}
