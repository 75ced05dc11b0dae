package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationHistoryTest {

    @Test
    void shippedMigrations_areThoseOfTheFolder() throws IOException, URISyntaxException {
        Path folder =
                Path.of(getClass().getResource("/" + MigrationHistory.FOLDER).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    MigrationHistory.SHIPPED,
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
