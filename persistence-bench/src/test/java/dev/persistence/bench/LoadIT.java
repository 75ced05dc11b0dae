package dev.persistence.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged commands against the packaged service, on the server of {@code database.url} or the embedded one. */
class LoadIT {

    private static final Path BENCH = Path.of(System.getProperty("bench.home"), "bin", "bench");

    private static String server;
    private static EmbeddedDatabase embedded; // null where a server is given

    @TempDir
    Path folder;

    @BeforeAll
    static void startDatabase() {
        server = System.getProperty("database.url");
        if (server == null) {
            embedded = EmbeddedDatabase.start(Optional.empty());
            server = "jdbc:mysql://" + embedded.host() + ":" + embedded.port() + "/?user=" + embedded.user()
                    + "&password=" + embedded.password();
        }
    }

    @AfterAll
    static void stopDatabase() {
        if (embedded != null) {
            embedded.close();
        }
    }

    @Test
    void load_everyAcceptedRecordIsARow() throws Exception {
        bench(
                "300",
                "load",
                "--records",
                "2050",
                "--records-per-request",
                "100",
                "--connections",
                "4",
                "--keys",
                "random");

        assertEquals("2050", figure("/accepted/records"));
        assertEquals("2050", figure("/visible/rows"));
        assertEquals("database", figure("/visible/counted_by"));
        assertEquals("21", figure("/response_times/accepted/count"));
        assertTrue(Double.parseDouble(figure("/memory/event_loop_bytes_per_record")) > 0);
        assertTrue(Long.parseLong(figure("/statements/inserts")) > 0);
        assertTrue(Files.readString(folder.resolve("load.html")).contains("uPlot"));
    }

    @Test
    void load_atARate_countsWaits() throws Exception {
        bench("0", "load", "--rate", "5000", "--duration", "1s", "--connections", "4", "--repeated", "0.5");

        assertEquals("5000", figure("/accepted/records"));
        assertEquals("2500", figure("/visible/rows"));
        assertEquals("50", figure("/response_times/waits/count"));
    }

    @Test
    void replay_sendsEverything_howeverSmallTheRing() throws Exception {
        Path requests = Files.write(folder.resolve("requests.ndjson"), requests());

        bench("300", "replay", requests.toString(), "--retry", "5ms", "--set", "buffer.ring-size=256");

        assertEquals("2730", figure("/accepted/records")); // three states of each task, and the sessions
        assertEquals("930", figure("/visible/rows"));
    }

    private static List<String> requests() {
        List<String> lines = new ArrayList<>();
        for (int lane = 0; lane < 3; lane++) {
            for (int batch = 0; batch < 10; batch++) {
                int first = lane * 1000 + batch * 100;
                lines.add(line(
                        lane,
                        "sessions",
                        "{\"session_id\":\"s%d\",\"filename\":\"f\",\"file_path\":\"/f\",".formatted(first)
                                + "\"status\":\"pending\",\"llm_provider\":\"p\"}"));
                for (String status : List.of("pending", "processing", "completed")) {
                    lines.add(line(lane, "tasks", tasks(first, status)));
                }
            }
        }
        return lines;
    }

    private static String tasks(int first, String status) {
        return IntStream.range(first, first + 30)
                .mapToObj(task -> ("{\"task_id\":\"t%d\",\"session_id\":\"s\",\"batch_id\":\"b\",\"sheet_name\":\"n\","
                                + "\"row_index\":1,\"column_name\":\"c\",\"source_text\":\"text\",\"status\":\"%s\"}")
                        .formatted(task, status))
                .collect(Collectors.joining(","));
    }

    private static String line(int lane, String type, String records) {
        return "{\"lane\":" + lane + ",\"path\":\"/api/v1/persistence/" + type + "/batch\",\"body\":{\"" + type + "\":["
                + records + "]}}";
    }

    private void bench(String warmUp, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BENCH.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--warm-up", warmUp, "--output", folder.toString()));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("BENCH_DATABASE", server);

        int exit = builder.start().waitFor();

        assertEquals(0, exit, Files.readString(output));
    }

    private String figure(String pointer) throws IOException {
        JsonPointer wanted = JsonPointer.compile(pointer);
        try (JsonParser parser =
                new JsonFactory().createParser(folder.resolve("load.json").toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()
                        && parser.getParsingContext().pathAsPointer().equals(wanted)) {
                    return parser.getText();
                }
            }
        }
        throw new AssertionError("no " + pointer + " in " + Files.readString(folder.resolve("load.json")));
    }
}
