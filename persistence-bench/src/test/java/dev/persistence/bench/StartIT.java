package dev.persistence.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StartIT {

    @TempDir
    private Path folder;

    @Test
    void start_isMeasuredAndWrittenDown() throws IOException {
        Path file = folder.resolve("results/start.json");

        int exitCode = new CommandLine(new Start()).execute("--repeats", "1", "--output", file.toString());

        assertEquals(0, exitCode);
        String json = Files.readString(file);
        assertTrue(json.contains("\"medianMillis\""), json);
    }
}
