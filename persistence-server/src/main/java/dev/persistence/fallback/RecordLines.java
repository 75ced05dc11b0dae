package dev.persistence.fallback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.TimestampText;
import dev.persistence.schema.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Records as NDJSON, so that each line, decoded again, fills a slot with the same content: only the columns that the
 * record carried, numbers with their digits, JSON as it was sent, moments with their zone. The time of change is always
 * there, also where the record got it on arrival: it decides who is newer, however late the line is sent.
 */
final class RecordLines {

    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final int MOST_DIGITS = 6;
    private static final int DATE_LENGTH = 10;

    private final RecordType type;
    private final JsonGenerator json;

    private RecordLines(RecordType type, JsonGenerator json) {
        this.type = type;
        this.json = json;
    }

    /** The lines of records of one type, each with its end. */
    static ByteBuffer of(RecordType type, List<RecordSlot> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.setRootValueSeparator(null); // the line's end is ours to write
            RecordLines lines = new RecordLines(type, json);
            for (RecordSlot record : records) {
                lines.write(record);
            }
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private void write(RecordSlot record) throws IOException {
        json.writeStartObject();
        for (int column = 0; column < type.columns().size(); column++) {
            if ((record.present() & 1L << column) != 0) {
                json.writeFieldName(type.columns().get(column).name());
                writeValue(record, column);
            }
        }
        writeTime(type.creationTime(), creation(record));
        writeTime(type.changeTime(), record.changeMicros());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Without a time of change in the line, what was to become the time of creation would be forgotten. */
    private long creation(RecordSlot record) {
        long own = record.creationMicros();
        return own == RecordSlot.NO_TIME && !type.guarded() ? record.changeMicros() : own;
    }

    private void writeTime(int column, long micros) throws IOException {
        if (column != RecordType.NONE && micros != RecordSlot.NO_TIME) {
            byte[] text = new byte[TimestampText.MAX_LENGTH];
            int length = TimestampText.write(text, 0, micros, MOST_DIGITS);
            json.writeFieldName(type.columns().get(column).name());
            json.writeString(zoned(new String(text, 0, length, StandardCharsets.US_ASCII)));
        }
    }

    private void writeValue(RecordSlot record, int index) throws IOException {
        if (record.isNull(index)) {
            json.writeNull();
            return;
        }
        Column column = type.columns().get(index);
        int start = record.start(index);
        int length = record.end(index) - start;
        ValueType kind = column.type();
        if (kind instanceof ValueType.StringType || kind instanceof ValueType.TextType) {
            json.writeUTF8String(record.values(), start, length);
            return;
        }
        String text = new String(record.values(), start, length, StandardCharsets.UTF_8);
        if (kind instanceof ValueType.JsonType) {
            json.writeRawValue(text);
        } else if (kind instanceof ValueType.BooleanType) {
            json.writeBoolean(text.equals("1"));
        } else if (kind instanceof ValueType.TimestampType) {
            json.writeString(zoned(text));
        } else {
            json.writeNumber(text);
        }
    }

    private static String zoned(String moment) {
        return moment.substring(0, DATE_LENGTH) + 'T' + moment.substring(DATE_LENGTH + 1) + 'Z';
    }
}
