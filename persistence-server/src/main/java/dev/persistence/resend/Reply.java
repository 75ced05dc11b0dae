package dev.persistence.resend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the service answered.
 *
 * @param retryAfter when to come again, if it says so
 * @param detail in words for people; empty if there are none
 * @param faults those that are named
 * @param faultCount all of them
 * @param othersWritten whether the records without fault are written; otherwise nothing is
 */
record Reply(
        int status,
        Optional<Duration> retryAfter,
        String detail,
        List<Fault> faults,
        long faultCount,
        boolean othersWritten) {

    private static final JsonFactory JSON = JsonFactory.builder().build();

    Reply {
        faults = List.copyOf(faults);
    }

    /**
     * A fault of one record.
     *
     * @param record its place in the request, from 0
     * @param words the member, if one is to blame, and what is expected
     */
    record Fault(int record, String words) {}

    static Reply of(int status, Optional<Duration> retryAfter, byte[] body) {
        Reading reading = new Reading();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                reading.members(parser);
            }
        } catch (IOException notOurs) { // a proxy between us may answer anything
            reading.detail = "";
        }
        return new Reply(
                status,
                retryAfter,
                reading.detail,
                reading.faults,
                Math.max(reading.count, reading.faults.size()),
                reading.written);
    }

    /** The members of an answer, as they come. */
    private static final class Reading {
        private final List<Fault> faults = new ArrayList<>();
        private String detail = "";
        private long count;
        private boolean written;

        void members(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "detail" -> detail = parser.getValueAsString("");
                    case "error_count" -> count = parser.getValueAsLong();
                    case "written" -> written = true;
                    case "errors" -> {
                        while (value == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.START_OBJECT) {
                            fault(parser);
                        }
                    }
                    default -> parser.skipChildren();
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
                    pointer = parser.getValueAsString("");
                } else if (name.equals("detail")) {
                    words = parser.getValueAsString("");
                } else {
                    parser.skipChildren();
                }
            }
            String[] parts = pointer.split("/", 4); // "", type, record, member
            if (parts.length >= 3 && parts[2].matches("[0-9]{1,9}")) {
                faults.add(new Fault(
                        Integer.parseInt(parts[2]), parts.length == 4 ? "/" + parts[3] + " " + words : words));
            }
        }
    }
}
