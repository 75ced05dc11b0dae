package dev.persistence.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The packaged command runs every benchmark of this module once, so that none rots. No time is asserted. */
class StationsIT {

    private static final long MINUTES = 5;

    @TempDir
    Path folder;

    @Test
    void smoke_measuresEveryBenchmarkOfTheModule() throws Exception {
        Path results = folder.resolve("results");
        String database = System.getProperty("database.url", "embedded");

        int exitCode = bench("stations", "--smoke", "--database", database, "--output", results.toString());

        assertEquals(0, exitCode, this::printed);
        Map<String, Double> lowestScores = lowestScores(results.resolve("stations.json"));
        assertEquals(benchmarks(), lowestScores.keySet());
        lowestScores.forEach((benchmark, score) -> assertTrue(score > 0, () -> benchmark + ": " + score));
        assertTrue(Files.readString(results.resolve("stations.md")).contains("| json to ring |"));
    }

    @Test
    void patternThatMatchesNothing_isAWrongUse() throws Exception {
        int exitCode = bench("stations", "--smoke", "--output", folder.toString(), "NoSuchBenchmark");

        assertEquals(2, exitCode, this::printed);
        assertTrue(printed().contains("no benchmark matches NoSuchBenchmark"), this::printed);
    }

    @Test
    void databaseThatDoesNotAnswer_isNamedWithoutItsPassword() throws Exception {
        String database = "jdbc:mysql://localhost:1/?user=root&password=secret";

        int exitCode = bench("stations", "--smoke", "--output", folder.toString(), "--database", database, "Flush");

        assertEquals(1, exitCode, this::printed);
        assertTrue(printed().contains("localhost:1"), this::printed);
        assertTrue(!printed().contains("secret"), this::printed);
    }

    private int bench(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("bench.home"), "bin", "bench").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), this::printed);
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }

    private Path output() {
        return folder.resolve("output.txt");
    }

    private String printed() {
        try {
            return Files.readString(output());
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static Collection<String> benchmarks() {
        OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        return BenchmarkList.defaultList().getAll(silent, List.of()).stream()
                .map(BenchmarkListEntry::getUsername)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By benchmark; the lowest of its cases. */
    private static Map<String, Double> lowestScores(Path json) throws IOException {
        Map<String, Double> scores = new TreeMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
            String benchmark = "";
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.FIELD_NAME) {
                    continue;
                }
                String place = parser.getParsingContext().pathAsPointer().toString();
                JsonToken value = parser.nextToken();
                if (place.matches("/\\d+/benchmark")) {
                    benchmark = parser.getText();
                } else if (place.matches("/\\d+/primaryMetric/score")) {
                    scores.merge(benchmark, value.isNumeric() ? parser.getDoubleValue() : Double.NaN, Math::min);
                }
            }
        }
        return scores;
    }
}
