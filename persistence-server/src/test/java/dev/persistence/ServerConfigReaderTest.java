package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.batch.BufferSettings;
import dev.persistence.fallback.FallbackSettings;
import dev.persistence.fallback.OnDatabaseFailure;
import dev.persistence.http.HttpSettings;
import dev.persistence.mysql.DatabaseSettings;
import dev.persistence.settings.SettingTable;
import dev.persistence.settings.Settings;
import dev.persistence.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigReaderTest {

    private static final String TYPE = "record-types = [{ name = notes, table = notes, key = id, columns = ["
            + "{ name = id, type = long, required = true }] }]";

    @TempDir
    private Path folder;

    @Test
    void withoutAnySource_theDefaultsHold() {
        ServerConfig config = read(Map.of());

        assertEquals(
                new HttpSettings(
                        "0.0.0.0",
                        8001,
                        10 * 1024 * 1024,
                        1000,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        10_000,
                        Duration.ofSeconds(10),
                        ZoneId.of("UTC")),
                config.http());
        assertEquals(
                new DatabaseSettings("localhost", 3306, "root", "", "ai_terminal", 10, Optional.empty(), true),
                config.database());
        assertEquals(
                new BufferSettings(
                        1000, Duration.ofSeconds(30), 65536, config.buffer().maxUnwrittenBytes()),
                config.buffer());
        assertTrue(config.buffer().maxUnwrittenBytes() <= 256 << 20);
        assertEquals(Duration.ofSeconds(30), config.shutdownTimeout());
        assertEquals(List.of("sessions", "tasks"), config.types().names());
    }

    @Test
    void everyVariable_reachesItsPlace() {
        ServerConfig config = read(Map.ofEntries(
                Map.entry("MAX_BUFFER_SIZE", "1"),
                Map.entry("FLUSH_INTERVAL", "2"),
                Map.entry("RING_SIZE", "4"),
                Map.entry("MAX_UNWRITTEN_BYTES", "5"),
                Map.entry("DB_HOST", "h"),
                Map.entry("DB_PORT", "6"),
                Map.entry("DB_USER", "u"),
                Map.entry("DB_PASSWORD", "p"),
                Map.entry("DB_DATABASE", "d"),
                Map.entry("DB_POOL_SIZE", "7"),
                Map.entry("DB_URL", "jdbc:mysql://x/y"),
                Map.entry("DB_MIGRATE", "false"),
                Map.entry("SERVICE_HOST", "a"),
                Map.entry("SERVICE_PORT", "8"),
                Map.entry("MAX_REQUEST_BYTES", "9"),
                Map.entry("MAX_RECORDS_PER_REQUEST", "10"),
                Map.entry("REQUEST_TIMEOUT", "11"),
                Map.entry("IDLE_TIMEOUT", "12"),
                Map.entry("MAX_CONNECTIONS", "13"),
                Map.entry("FLUSH_TIMEOUT", "14"),
                Map.entry("SHUTDOWN_TIMEOUT", "15"),
                Map.entry("NAIVE_TIME_ZONE", "+02:00")));

        assertEquals(new BufferSettings(1, Duration.ofSeconds(2), 4, 5), config.buffer());
        assertEquals(
                new DatabaseSettings("h", 6, "u", "p", "d", 7, Optional.of("jdbc:mysql://x/y"), false),
                config.database());
        assertEquals(
                new HttpSettings(
                        "a",
                        8,
                        9,
                        10,
                        Duration.ofSeconds(11),
                        Duration.ofSeconds(12),
                        13,
                        Duration.ofSeconds(14),
                        ZoneId.of("+02:00")),
                config.http());
        assertEquals(Duration.ofSeconds(15), config.shutdownTimeout());
    }

    @Test
    void passwordFile_winsAndLosesItsLastNewline() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), " p\n\n");

        ServerConfig config = read(Map.of("DB_PASSWORD", "other", "DB_PASSWORD_FILE", file.toString()));

        assertEquals(" p\n", config.database().password());
    }

    @Test
    void missingPasswordFile_endsTheStartWithAnExactMessage() {
        String file = folder.resolve("nowhere").toString();

        assertEquals(
                SettingTable.DATABASE_PASSWORD_FILE.name() + ": " + file
                        + " (expected a readable file; there is none), from environment variable DB_PASSWORD_FILE",
                assertThrows(SettingsException.class, () -> read(Map.of("DB_PASSWORD_FILE", file)))
                        .getMessage());
    }

    @Test
    void recordTypesOfTheFolder_takeThePlaceOfTheBuiltInOnes() throws IOException {
        Files.writeString(folder.resolve("record-types.conf"), TYPE);

        assertEquals(List.of("notes"), read(Map.of()).types().names());
    }

    @Test
    void wrongDeclaration_endsTheStartWithFileAndLine() throws IOException {
        Path file = Files.writeString(folder.resolve("record-types.conf"), TYPE.replace("long", "number"));

        String message =
                assertThrows(SettingsException.class, () -> read(Map.of())).getMessage();

        assertTrue(
                message.startsWith("the record types cannot be used: " + file + ": 1: column id: type = number"),
                message);
    }

    @Test
    void failureOfTheDatabase_dropsUnlessSaidOtherwise() {
        assertEquals(
                new FallbackSettings(
                        OnDatabaseFailure.DROP, Duration.ofSeconds(30), Path.of("dead-letter"), 1024L * 1024 * 1024),
                read(Map.of()).fallback());
        assertEquals(
                new FallbackSettings(OnDatabaseFailure.HOLD, Duration.ofMillis(500), Path.of("d"), 9),
                read(Map.of(
                                "ON_DATABASE_FAILURE", "hold",
                                "HOLD_FOR", "500ms",
                                "DEAD_LETTER_DIR", "d",
                                "DEAD_LETTER_MAX_BYTES", "9"))
                        .fallback());
    }

    @Test
    void deadLetterFolderThatCannotBeWritten_endsTheStartWhereItIsNeeded() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Map<String, String> dir = Map.of("DEAD_LETTER_DIR", file.resolve("x").toString());
        assertEquals(OnDatabaseFailure.DROP, read(dir).fallback().onDatabaseFailure());

        Map<String, String> needed = new HashMap<>(dir);
        needed.put("ON_DATABASE_FAILURE", "dead-letter");
        String message =
                assertThrows(SettingsException.class, () -> read(needed)).getMessage();
        assertTrue(
                message.startsWith("buffer.dead-letter-dir: " + file.resolve("x")
                        + " (expected a folder that the service can write to; "),
                message);
        assertTrue(message.endsWith("from environment variable DEAD_LETTER_DIR"), message);
    }

    @Test
    void unknownWordForTheFailureOfTheDatabase_isNamed() {
        String message = assertThrows(SettingsException.class, () -> read(Map.of("ON_DATABASE_FAILURE", "retry")))
                .getMessage();
        assertEquals(
                "buffer.on-database-failure: retry (expected one of drop, hold, dead-letter), from environment variable"
                        + " ON_DATABASE_FAILURE",
                message);
    }

    private ServerConfig read(Map<String, String> environment) {
        Optional<Path> given = Optional.of(folder);
        return ServerConfigReader.read(Settings.load(given, environment, List.of()), given);
    }
}
