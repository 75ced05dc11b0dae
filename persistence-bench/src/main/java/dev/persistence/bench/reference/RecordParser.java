package dev.persistence.bench.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.typesafe.config.ConfigFactory;
import dev.persistence.bench.workload.Request;
import dev.persistence.bench.workload.Workload;
import dev.persistence.schema.Column;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads request bodies into typed records, as a program without this service would: values are converted, but not held
 * against their limits. Immutable.
 */
public final class RecordParser {

    private final JsonFactory json = new JsonFactory();
    private final RecordTypes types;
    private final List<Map<String, Integer>> columnByName = new ArrayList<>();
    private final List<Object[]> defaults = new ArrayList<>();

    public RecordParser(RecordTypes types) {
        this.types = types;
        for (RecordType type : types) {
            Map<String, Integer> byName = new HashMap<>();
            Object[] ofAbsent = new Object[type.columns().size()];
            for (int index = 0; index < ofAbsent.length; index++) {
                Column column = type.columns().get(index);
                byName.put(column.name(), index);
                ofAbsent[index] = column.defaultValue()
                        .map(text -> JdbcValue.of(column.type(), text))
                        .orElse(null);
            }
            columnByName.add(byName);
            defaults.add(ofAbsent);
        }
    }

    /** A parser of the shipped record types. */
    public static RecordParser ofShippedTypes() {
        return new RecordParser(Declarations.read(ConfigFactory.parseResources("record-types.conf")));
    }

    /** All records of a workload, its lanes taken in turn, a request at a time; that uses it up. */
    public List<TypedRecord> parseAll(Workload workload) throws IOException {
        List<TypedRecord> records = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (int lane = 0; lane < workload.lanes(); lane++) {
                Request request = workload.next(lane);
                if (request != null) {
                    records.addAll(parse(request.type(), request.body()));
                    more = true;
                }
            }
        }
        return records;
    }

    /**
     * The records of one body.
     *
     * @param typeName the record type, and the body's member that holds the records
     * @throws IOException if the body is not JSON, not of this form, or holds a value that its column cannot
     */
    public List<TypedRecord> parse(String typeName, byte[] body) throws IOException {
        RecordType type =
                types.named(typeName).orElseThrow(() -> new IOException("no such record type: \"" + typeName + "\""));
        List<TypedRecord> records = new ArrayList<>();
        try (JsonParser parser = json.createParser(body)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "the body must be an object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean ours = parser.currentName().equals(typeName);
                JsonToken value = parser.nextToken();
                if (ours && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        records.add(record(type, parser, body));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IllegalArgumentException | ArithmeticException unfit) {
            throw new IOException("a value does not fit its column: " + unfit.getMessage(), unfit);
        }
        return records;
    }

    private TypedRecord record(RecordType type, JsonParser parser, byte[] body) throws IOException {
        Map<String, Integer> byName = columnByName.get(type.ordinal());
        Object[] values = defaults.get(type.ordinal()).clone();
        long present = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Integer column = byName.get(parser.currentName());
            JsonToken token = parser.nextToken();
            if (column == null) {
                parser.skipChildren();
                continue;
            }
            if (token == JsonToken.VALUE_NULL) {
                values[column] = defaults.get(type.ordinal())[column];
            } else {
                values[column] = JdbcValue.read(type.columns().get(column).type(), parser, body);
            }
            present |= type.isRowTime(column) ? 0 : 1L << column;
        }
        return new TypedRecord(type, present, values);
    }

    private static void require(boolean holds, String message) throws IOException {
        if (!holds) {
            throw new IOException(message);
        }
    }
}
