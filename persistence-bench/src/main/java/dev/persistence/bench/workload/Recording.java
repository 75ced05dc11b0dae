package dev.persistence.bench.workload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Requests that were recorded, one a line: {@code {"lane": 3, "path": "/api/v1/persistence/TYPE/batch", "body": {...}}}.
 * Requests of one lane keep their order. All of it is read into memory beforehand, so that reading takes nothing from the
 * run; bodies are the bytes of the file. Immutable; it can be played any number of times.
 */
public final class Recording {

    private static final String PATH_BEGIN = "/api/v1/persistence/";
    private static final String PATH_END = "/batch";

    private final List<List<Request>> lanes;
    private final long records;

    private Recording(List<List<Request>> lanes) {
        this.lanes = lanes;
        this.records =
                lanes.stream().flatMap(List::stream).mapToLong(Request::records).sum();
    }

    /**
     * Reads a file. Lanes are numbered from 0 in the order of their numbers in the file.
     *
     * @throws IOException if it cannot be read, or a line is not such a request; the message names the file and the line
     */
    public static Recording read(Path file) throws IOException {
        SortedMap<Integer, List<Request>> lanes = new TreeMap<>();
        JsonFactory json = new JsonFactory();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) { // a character a byte
            int number = 1;
            for (String line = in.readLine(); line != null; line = in.readLine(), number++) {
                try {
                    if (!line.isEmpty()) {
                        read(json, line.getBytes(StandardCharsets.ISO_8859_1), lanes);
                    }
                } catch (IOException wrong) {
                    throw new IOException(file + ", line " + number + ": " + wrong.getMessage(), wrong);
                }
            }
        }
        return new Recording(lanes.values().stream().map(List::copyOf).toList());
    }

    /** How many lanes there are. */
    public int lanes() {
        return lanes.size();
    }

    /** How many records there are in all requests. */
    public long records() {
        return records;
    }

    /** The requests from the beginning. */
    public Workload play() {
        int[] next = new int[lanes.size()]; // each cell belongs to the thread of its lane
        return new Workload() {
            @Override
            public int lanes() {
                return lanes.size();
            }

            @Override
            public Request next(int lane) {
                List<Request> requests = lanes.get(lane);
                return next[lane] == requests.size() ? null : requests.get(next[lane]++);
            }
        };
    }

    private static void read(JsonFactory json, byte[] line, SortedMap<Integer, List<Request>> lanes)
            throws IOException {
        int lane = 0;
        String path = "";
        byte[] body = null;
        int records = 0;
        try (JsonParser parser = json.createParser(line)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "expected an object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "lane" -> lane = parser.getIntValue();
                    case "path" -> path = parser.getText();
                    case "body" -> {
                        int begin = (int) parser.currentTokenLocation().getByteOffset();
                        records = records(parser);
                        body = Arrays.copyOfRange(
                                line, begin, (int) parser.currentLocation().getByteOffset());
                    }
                    default -> parser.skipChildren();
                }
            }
        }
        expect(body != null, "expected a body");
        lanes.computeIfAbsent(lane, none -> new ArrayList<>()).add(new Request(type(path), body, records));
    }

    /** The objects in the arrays of the body: records. The parser stands at the body's begin, and then at its end. */
    private static int records(JsonParser parser) throws IOException {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "body: expected an object");
        int records = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    parser.skipChildren();
                    records++;
                }
            }
        }
        return records;
    }

    private static String type(String path) throws IOException {
        boolean batch = path.startsWith(PATH_BEGIN)
                && path.endsWith(PATH_END)
                && path.length() > PATH_BEGIN.length() + PATH_END.length();
        expect(batch, "path: \"" + path + "\" (expected " + PATH_BEGIN + "TYPE" + PATH_END + ")");
        return path.substring(PATH_BEGIN.length(), path.length() - PATH_END.length());
    }

    private static void expect(boolean holds, String message) throws IOException {
        if (!holds) {
            throw new IOException(message);
        }
    }
}
