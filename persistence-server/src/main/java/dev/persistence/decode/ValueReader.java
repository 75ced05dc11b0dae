package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonParser;
import dev.persistence.schema.Column;
import dev.persistence.schema.ValueType.BooleanType;
import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import dev.persistence.schema.ValueType.JsonType;
import dev.persistence.schema.ValueType.StringType;
import dev.persistence.schema.ValueType.TextType;
import dev.persistence.schema.ValueType.TimestampType;
import java.io.IOException;
import java.time.ZoneId;

/** Reads the values of one column. The parser stands on the value's first token and is left on its last. */
interface ValueReader {

    /**
     * Reads a value that is not {@code null} into the batch.
     *
     * @return null if it fits, else what was expected
     */
    String read(JsonParser parser, DecodedBatch batch) throws IOException;

    /** The reader for a column of any type but the row times. */
    static ValueReader of(Column column, int index, ZoneId naiveTimeZone, JsonSource source) {
        if (column.type() instanceof StringType string) {
            return new TextReader(index, string);
        } else if (column.type() instanceof TextType text) {
            return new TextReader(index, text);
        } else if (column.type() instanceof IntegerType integer) {
            return new IntegerReader(index, integer);
        } else if (column.type() instanceof DecimalType decimal) {
            return new DecimalReader(index, decimal);
        } else if (column.type() instanceof BooleanType) {
            return new BooleanReader(index);
        } else if (column.type() instanceof TimestampType timestamp) {
            return new TimestampReader(timestamp, naiveTimeZone, TimestampReader.asText(index, timestamp));
        } else if (column.type() instanceof JsonType json) {
            return new JsonReader(index, json, source);
        }
        throw new IllegalStateException("no reader for " + column.type());
    }
}
