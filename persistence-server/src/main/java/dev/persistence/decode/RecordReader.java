package dev.persistence.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads one record of one type, member by member, and looks for every fault in it. Owned by an event loop. */
final class RecordReader {

    private final RecordType type;
    private final Map<String, Integer> columnByName = new HashMap<>();
    private final ValueReader[] readers;
    private final byte[][] defaults;
    private final long required;
    private final String[] faultByColumn; // of the record that is being read; a later member of the name replaces it

    RecordReader(RecordType type, ZoneId naiveTimeZone, JsonSource source) {
        int columns = type.columns().size();
        this.type = type;
        this.readers = new ValueReader[columns];
        this.defaults = new byte[columns][];
        this.faultByColumn = new String[columns];
        long requiredColumns = 0;
        for (int index = 0; index < columns; index++) {
            Column column = type.columns().get(index);
            columnByName.put(column.name(), index);
            readers[index] = reader(column, index, naiveTimeZone, source);
            defaults[index] = column.defaultValue()
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .orElse(null);
            // A row time is never missing: what is not sent is the moment of arrival.
            requiredColumns |= column.required() && !type.isRowTime(index) ? 1L << index : 0;
        }
        this.required = requiredColumns;
    }

    private ValueReader reader(Column column, int index, ZoneId naiveTimeZone, JsonSource source) {
        if (index == type.changeTime()) {
            return new TimestampReader(type.timestamp(index), naiveTimeZone, DecodedBatch::setChangeMicros);
        } else if (index == type.creationTime()) {
            return new TimestampReader(type.timestamp(index), naiveTimeZone, DecodedBatch::setCreationMicros);
        }
        return ValueReader.of(column, index, naiveTimeZone, source);
    }

    /** Reads a record; the parser stands on its opening brace and is left on the closing one. */
    void read(JsonParser parser, DecodedBatch batch, int index, FaultList faults) throws IOException {
        batch.beginRecord();
        Arrays.fill(faultByColumn, null);
        boolean faulty = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Integer column = columnByName.get(parser.currentName());
            boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
            if (column == null) {
                batch.countUnknownField();
                parser.skipChildren();
            } else {
                try {
                    faultByColumn[column] = readValue(parser, batch, column);
                } catch (StreamConstraintsException tooLong) {
                    if (isText) {
                        throw new EndlessText(pointer(index, column));
                    }
                    throw tooLong;
                }
                faulty |= faultByColumn[column] != null;
            }
        }
        if (faulty || (required & ~batch.presentSoFar()) != 0) {
            report(batch, index, faults);
        }
        batch.endRecord();
    }

    private String readValue(JsonParser parser, DecodedBatch batch, int column) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            return readers[column].read(parser, batch);
        }
        Column declared = type.columns().get(column);
        if (column == type.changeTime()) {
            batch.setChangeMicros(RecordSlot.NO_TIME);
        } else if (column == type.creationTime()) {
            batch.setCreationMicros(RecordSlot.NO_TIME);
        } else if (defaults[column] != null) {
            byte[] text = defaults[column];
            System.arraycopy(text, 0, batch.reserve(text.length), batch.bytes(), text.length);
            batch.endValue(column, text.length);
        } else if (declared.nullable()) {
            batch.setNull(column);
        } else {
            return declared.required() ? "is required and must not be null" : "must not be null";
        }
        return null;
    }

    private void report(DecodedBatch batch, int index, FaultList faults) {
        for (int column = 0; column < readers.length; column++) {
            boolean missing = (required & ~batch.presentSoFar() & 1L << column) != 0;
            String fault = faultByColumn[column] == null && missing ? "is required" : faultByColumn[column];
            if (fault != null) {
                faults.add(
                        "/" + type.name() + "/" + index + "/"
                                + type.columns().get(column).name(),
                        fault);
            }
        }
    }

    private String pointer(int index, int column) {
        return "/" + type.name() + "/" + index + "/"
                + type.columns().get(column).name();
    }

    /** A text that is longer than any text that is read; the parser cannot go on behind it. */
    static final class EndlessText extends BatchDecoder.Stop {

        private static final long serialVersionUID = 1;

        EndlessText(String pointer) {
            super(pointer);
        }

        String pointer() {
            return getMessage();
        }
    }
}
