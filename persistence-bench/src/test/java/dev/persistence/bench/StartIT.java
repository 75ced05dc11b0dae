package dev.persistence.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.bench.target.BenchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** On the server of {@code -Ddatabase.url}, else on the embedded MariaDB. */
class StartIT {

    @TempDir
    private Path folder;

    @Test
    void start_isMeasuredAndWrittenDown() throws IOException {
        Path file = folder.resolve("results/start.json");

        int exitCode = new CommandLine(new Start())
                .execute(
                        "--database",
                        System.getProperty("database.url", BenchDatabase.EMBEDDED),
                        "--repeats",
                        "1",
                        "--output",
                        file.toString());

        assertEquals(0, exitCode);
        String json = Files.readString(file);
        assertTrue(json.contains("\"medianMillis\""), json);
    }
}
