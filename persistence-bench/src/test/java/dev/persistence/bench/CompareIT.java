package dev.persistence.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.bench.score.Goal;
import dev.persistence.bench.target.BenchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every scenario once, in a small way: none of them rots. On the server of {@code -Ddatabase.url}, else embedded. */
class CompareIT {

    private static final String REQUEST = """
            {"lane":%d,"path":"/api/v1/persistence/sessions/batch","body":{"sessions":[{"session_id":"s-%d","filename":"f","file_path":"p","status":"%s","llm_provider":"l"}]}}
            """;

    @TempDir
    private Path folder;

    @Test
    void everyGoal_isMeasured() throws IOException {
        Path requests = Files.writeString(
                folder.resolve("requests.ndjson"),
                REQUEST.formatted(0, 1, "pending")
                        + REQUEST.formatted(1, 2, "pending")
                        + REQUEST.formatted(0, 1, "completed"));
        int exitCode;
        try (BenchDatabase database = BenchDatabase.open(System.getProperty("database.url", BenchDatabase.EMBEDDED))) {
            exitCode = new CommandLine(new Compare())
                    .execute(
                            "--smoke",
                            "--repeats",
                            "1",
                            "--database",
                            database.url(),
                            "--input",
                            requests.toString(),
                            "--output",
                            folder.toString());
        }

        assertEquals(0, exitCode);
        String json = Files.readString(folder.resolve("compare.json"));
        for (Goal goal : Goal.values()) {
            assertTrue(json.contains("\"" + goal.name().toLowerCase(Locale.ROOT) + "\""), goal + " in " + json);
        }
    }
}
