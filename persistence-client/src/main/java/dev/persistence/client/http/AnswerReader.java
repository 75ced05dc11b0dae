package dev.persistence.client.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the members of an answer that the client needs; whatever else stands there is passed over. One thread. */
final class AnswerReader {

    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final int MOST_CHARACTERS = 300;

    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private String problem = "";
    private String detail = "";

    private AnswerReader() {}

    /** An answer that is not the service's, from a proxy perhaps, has its status only. */
    static Answer read(int status, byte[] body) {
        AnswerReader reader = new AnswerReader();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                reader.members(parser);
            }
        } catch (IOException notOurs) {
            return new Answer(status, "", "", List.of(), Map.of());
        }
        return new Answer(status, reader.problem, reader.detail, reader.faults, reader.numbers);
    }

    private void members(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type")) {
                problem = words(parser);
            } else if (name.equals("detail")) {
                detail = words(parser);
            } else if (name.equals("errors") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    fault(parser);
                }
            } else if (value == JsonToken.VALUE_NUMBER_INT) {
                numbers.put(name, parser.getLongValue());
            } else {
                parser.skipChildren();
            }
        }
    }

    private void fault(JsonParser parser) throws IOException {
        String pointer = "";
        String words = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("pointer")) {
                pointer = words(parser);
            } else if (name.equals("detail")) {
                words = words(parser);
            } else {
                parser.skipChildren();
            }
        }
        String[] parts = pointer.split("/", 4); // "", type, record, member
        if (parts.length >= 3 && parts[2].matches("[0-9]{1,9}")) {
            faults.add(new Fault(Integer.parseInt(parts[2]), parts.length == 4 ? parts[3] + " " + words : words));
        }
    }

    /** A text that can stand in a log line. */
    private static String words(JsonParser parser) throws IOException {
        String text = parser.getValueAsString("").replaceAll("\\p{Cntrl}", " ");
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
