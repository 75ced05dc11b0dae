package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.mysql.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job on real input: the translations of a real game, sent as a translation system would send them, a
 * connection for each lane. One language by default; {@code -Dreal-input.languages=all} takes all of them, and
 * {@code -Dreal-input.folder=DIR} takes requests that are already there.
 */
@Tag("database")
class RealInputIT {

    private static final Path TOOL = Path.of("../../shared/tools/translations");
    private static final int LANES = 8;
    private static final Pattern REQUEST =
            Pattern.compile("\\{\"lane\": (\\d+), \"path\": \"([^\"]+)\", \"body\": (.*)\\}", Pattern.DOTALL);
    private static final JsonFactory JSON = new JsonFactory();

    @TempDir
    Path temporary;

    @Test
    void replayedRequests_giveExactlyTheExpectedRows() throws Exception {
        Path input = input();
        try (TestDatabase database = new TestDatabase();
                RunningService service = RunningService.start(database)) {
            long insertsBefore = serverCount(database, "Com_insert");
            long commitsBefore = serverCount(database, "Com_commit");
            long start = System.nanoTime();
            long records = replay(input.resolve("requests.ndjson"), service);
            assertEquals(200, service.post("/api/v1/persistence/flush", "").statusCode());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            long inserts = serverCount(database, "Com_insert") - insertsBefore;
            long commits = serverCount(database, "Com_commit") - commitsBefore;
            System.out.printf(
                    "Real input: %d records in %d ms, %d INSERT statements, %d transactions, %.2f %% fewer statements"
                            + " than one a record%n",
                    records, millis, inserts, commits, 100.0 * (records - inserts) / records);

            compare(input.resolve("expected.ndjson"), database);
            assertTrue(inserts * 100 <= records, inserts + " statements for " + records + " records");
        }
    }

    private Path input() throws IOException, InterruptedException {
        String folder = System.getProperty("real-input.folder", "");
        if (!folder.isEmpty()) {
            return Path.of(folder);
        }
        assumeTrue(
                Files.isExecutable(TOOL), "the real input comes from ../shared/tools/translations, which is missing");
        String languages = System.getProperty("real-input.languages", "de");
        String wanted = languages.equals("all") ? "" : languages;
        Process tool = new ProcessBuilder(TOOL.toString(), temporary.toString(), "--languages", wanted)
                .inheritIO()
                .start();
        assertEquals(0, tool.waitFor());
        return temporary;
    }

    private static long replay(Path requests, RunningService service) throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<Long>> sent = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int own = lane;
                sent.add(lanes.submit(() -> replayLane(requests, own, service)));
            }
            long records = 0;
            for (Future<Long> lane : sent) {
                records += lane.get();
            }
            return records;
        } finally {
            lanes.shutdown();
        }
    }

    private static long replayLane(Path requests, int lane, RunningService service) throws Exception {
        HttpClient connection =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Pattern count = Pattern.compile("\"count\":(\\d+)");
        long records = 0;
        try (BufferedReader lines = Files.newBufferedReader(requests)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher request = REQUEST.matcher(line);
                assertTrue(request.matches());
                if (Integer.parseInt(request.group(1)) == lane) {
                    HttpRequest post = HttpRequest.newBuilder(service.uri(request.group(2)))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(request.group(3)))
                            .build();
                    Matcher taken = count.matcher(sendUntilTaken(connection, post));
                    assertTrue(taken.find());
                    records += Long.parseLong(taken.group(1));
                }
            }
        }
        return records;
    }

    /** A full ring is no failure: the client rests (as told, but shorter) and sends the same request again. */
    private static String sendUntilTaken(HttpClient connection, HttpRequest post) throws Exception {
        HttpResponse<String> answer = connection.send(post, HttpResponse.BodyHandlers.ofString());
        while (answer.statusCode() == 503) {
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            answer = connection.send(post, HttpResponse.BodyHandlers.ofString());
        }
        assertEquals(202, answer.statusCode(), answer.body());
        return answer.body();
    }

    private static void compare(Path expected, TestDatabase database) throws Exception {
        Map<String, Map<String, Map<String, String>>> tables = new HashMap<>();
        tables.put("translation_sessions", read(database, "translation_sessions", "session_id"));
        tables.put("translation_tasks", read(database, "translation_tasks", "task_id"));
        List<String> differences = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(expected)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, String> entry = members(line);
                String table = entry.get("table");
                Map<String, String> row = members(entry.get("row"));
                String key = row.get(table.equals("translation_tasks") ? "task_id" : "session_id");
                compare(table + " " + key, row, tables.get(table).remove(key), differences);
            }
        }
        tables.forEach((table, rest) -> rest.keySet().forEach(key -> differences.add(table + " " + key + ": extra")));
        assertEquals(List.of(), differences.subList(0, Math.min(10, differences.size())));
    }

    private static void compare(
            String name, Map<String, String> expected, Map<String, String> actual, List<String> differences) {
        if (actual == null) {
            differences.add(name + ": missing");
            return;
        }
        expected.forEach((column, value) -> {
            String found = actual.get(column);
            if (!same(value, found)) {
                differences.add(name + " " + column + ": " + found + " instead of " + value);
            }
        });
    }

    private static boolean same(String expected, String actual) {
        if (expected == null || actual == null || expected.equals(actual)) {
            return expected == null ? actual == null : expected.equals(actual);
        } else if (expected.matches("\\d{4}-\\d\\d-\\d\\dT.*")) {
            return (expected.replace('T', ' ') + "000000").startsWith(actual);
        }
        return expected.matches("[0-9.]+")
                && actual.matches("[0-9.]+")
                && new BigDecimal(expected).compareTo(new BigDecimal(actual)) == 0;
    }

    private static Map<String, Map<String, String>> read(TestDatabase database, String table, String key)
            throws SQLException {
        Map<String, Map<String, String>> rows = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            while (row.next()) {
                Map<String, String> values = new HashMap<>();
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    values.put(row.getMetaData().getColumnName(column), row.getString(column));
                }
                rows.put(row.getString(key), values);
            }
        }
        return rows;
    }

    /** The members of a JSON object: scalars as text, the rest as compact JSON. */
    private static Map<String, String> members(String json) throws IOException {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                members.put(
                        name,
                        value == JsonToken.VALUE_NULL
                                ? null
                                : value.isStructStart() ? compact(parser) : parser.getText());
            }
        }
        return members;
    }

    private static String compact(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private static long serverCount(TestDatabase database, String variable) {
        String row = database.rows("SHOW GLOBAL STATUS LIKE '" + variable + "'").get(0);
        return Long.parseLong(row.substring(row.indexOf('|') + 1));
    }
}
