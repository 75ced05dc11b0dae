package dev.persistence.decode;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.schema.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Decodes request bodies. One object serves one event loop: it keeps scratch space from request to request. */
public final class BatchDecoder {

    /** Far deeper than any legal value; bounds what the parser keeps for a hostile one. */
    private static final int MAX_NESTING = 10_000;

    /**
     * Characters of one text that are read even where every column is shorter. The parser holds a text several times
     * over, so a body that is one single text would cost many times its size; and what is longer than its column is a
     * fault in any case.
     */
    private static final int LEAST_MAX_TEXT = 1 << 20;

    private static final int LONGEST_DETAIL = 300;

    /** Where the parser repeats in its own words what the place already says. */
    private static final Pattern OPENED_AT = Pattern.compile(" \\((?:start marker|for \\w+ starting) at .*\\)$");

    /** Some editors and tools put it before UTF-8; the JSON specification allows to ignore it. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final JsonFactory json;
    private final int maxText;
    private final int maxRecords;
    private final RecordReader[] readers;

    // All owned by the event loop.
    private final JsonSource source = new JsonSource();
    private final DecodedBatch batch = new DecodedBatch();
    private final FaultList faults = new FaultList();

    /**
     * Creates the decoder of one event loop.
     *
     * @param naiveTimeZone the zone of moments that are sent without one
     * @param maxRecords records a request may hold
     */
    public BatchDecoder(RecordTypes types, ZoneId naiveTimeZone, int maxRecords) {
        this.maxRecords = maxRecords;
        this.maxText = maxText(types);
        this.json = factory(maxText);
        this.readers = new RecordReader[types.size()];
        for (RecordType type : types) {
            readers[type.ordinal()] = new RecordReader(type, naiveTimeZone, source);
        }
    }

    private static int maxText(RecordTypes types) {
        long most = LEAST_MAX_TEXT;
        for (RecordType type : types) {
            for (Column column : type.columns()) {
                if (column.type() instanceof ValueType.TextType text) {
                    most = Math.max(most, text.bytes());
                } else if (column.type() instanceof ValueType.StringType string) {
                    most = Math.max(most, 2L * string.length());
                }
            }
        }
        return (int) Math.min(most, Integer.MAX_VALUE);
    }

    /** Names are not interned, because clients choose them; UTF-8 is the only encoding. */
    private static JsonFactory factory(int maxText) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxStringLength(maxText)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNameLength(LEAST_MAX_TEXT)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /** Checks every record of a body. What is returned is valid until the next call. */
    public DecodeResult decode(RecordType type, BodyFormat format, byte[] body, int offset, int length) {
        if (!Utf8.isValid(body, offset, offset + length)) {
            return new DecodeResult.Malformed("the body is not valid UTF-8");
        }
        batch.begin(type, length);
        faults.clear();
        int mark = startsWithMark(body, offset, length) ? BYTE_ORDER_MARK.length : 0;
        try {
            if (format == BodyFormat.JSON) {
                readDocument(type, body, offset + mark, length - mark);
            } else {
                readLines(type, body, offset + mark, length - mark);
            }
        } catch (RecordReader.EndlessText endless) {
            return invalid();
        } catch (TooManyRecords tooMany) {
            return new DecodeResult.TooMany(maxRecords);
        } catch (MalformedBody malformed) {
            return new DecodeResult.Malformed(malformed.getMessage());
        } catch (IOException impossible) { // the source is an array
            throw new UncheckedIOException(impossible);
        }
        return faults.isEmpty() ? batch : invalid();
    }

    private DecodeResult invalid() {
        batch.shrink();
        return faults.result();
    }

    private static boolean startsWithMark(byte[] body, int offset, int length) {
        int markLength = BYTE_ORDER_MARK.length;
        return length >= markLength && Arrays.equals(body, offset, offset + markLength, BYTE_ORDER_MARK, 0, markLength);
    }

    private void readDocument(RecordType type, byte[] body, int offset, int length) throws IOException {
        source.set(body, offset);
        try (JsonParser parser = json.createParser(body, offset, length)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedBody("the body is empty");
            } else if (first != JsonToken.START_OBJECT) {
                faults.add("", "must be an object with the member \"" + type.name() + "\"");
                parser.skipChildren();
            } else {
                readMembers(type, parser);
            }
            if (parser.nextToken() != null) {
                throw new MalformedBody("the body goes on after its JSON value");
            }
        } catch (JacksonException notJson) {
            throw new MalformedBody(detail(
                    notJson,
                    notJson.getLocation() == null
                            ? ""
                            : " at line " + notJson.getLocation().getLineNr() + ", column "
                                    + notJson.getLocation().getColumnNr()));
        }
    }

    private void readMembers(RecordType type, JsonParser parser) throws IOException {
        boolean found = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean records = parser.currentName().equals(type.name());
            JsonToken value = parser.nextToken();
            if (!records) {
                batch.countUnknownField();
                parser.skipChildren();
                continue;
            }
            found = true;
            batch.restart(); // a second member of the name counts in place of the first
            faults.clear();
            if (value == JsonToken.START_ARRAY) {
                readRecords(type, parser);
            } else {
                faults.add("/" + type.name(), "must be an array of records");
                parser.skipChildren();
            }
        }
        if (!found) {
            faults.add("/" + type.name(), "is required");
        }
    }

    private void readRecords(RecordType type, JsonParser parser) throws IOException {
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            readRecord(type, parser, index);
        }
    }

    private void readRecord(RecordType type, JsonParser parser, int index) throws IOException {
        if (index == maxRecords) {
            throw new TooManyRecords();
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            try {
                readers[type.ordinal()].read(parser, batch, index, faults);
            } catch (RecordReader.EndlessText endless) {
                faults.add(
                        endless.pointer(),
                        "must not be longer than " + maxText + " characters; nothing behind it was read");
                throw endless;
            }
        } else {
            faults.add("/" + type.name() + "/" + index, "must be an object");
            parser.skipChildren();
        }
    }

    private void readLines(RecordType type, byte[] body, int offset, int length) throws IOException {
        int end = offset + length;
        int index = 0;
        int lineNumber = 1;
        for (int start = offset; start < end; lineNumber++) {
            int stop = start;
            while (stop < end && body[stop] != '\n') {
                stop++;
            }
            source.set(body, start);
            try (JsonParser parser = json.createParser(body, start, stop - start)) {
                if (parser.nextToken() != null) { // a blank line is no record
                    readRecord(type, parser, index++);
                    if (parser.nextToken() != null) {
                        throw new MalformedBody("line " + lineNumber + " holds more than one JSON value");
                    }
                }
            } catch (JacksonException notJson) {
                throw new MalformedBody(detail(notJson, " in line " + lineNumber));
            }
            start = stop + 1;
        }
    }

    private static String detail(JacksonException notJson, String place) {
        String reason = OPENED_AT.matcher(notJson.getOriginalMessage()).replaceFirst("");
        String message = "not JSON" + place + ": " + reason;
        return message.length() <= LONGEST_DETAIL ? message : message.substring(0, LONGEST_DETAIL) + "…";
    }

    /** Ends the reading of a body from within; carries no stack trace, because clients cause it at will. */
    abstract static class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stop(String message) {
            super(message, null, false, false);
        }
    }

    private static final class MalformedBody extends Stop {
        private static final long serialVersionUID = 1;

        MalformedBody(String message) {
            super(message);
        }
    }

    private static final class TooManyRecords extends Stop {
        private static final long serialVersionUID = 1;

        TooManyRecords() {
            super("too many records");
        }
    }
}
