package dev.persistence.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    @TempDir
    private Path folder;

    @Test
    void everySource_winsOverTheOnesBefore() throws IOException {
        assertEquals(3306, load(NO_ENVIRONMENT).get(SettingTable.DATABASE_PORT));

        write("database.port = 1");
        assertEquals(1, load(NO_ENVIRONMENT).get(SettingTable.DATABASE_PORT));
        assertEquals(2, load(Map.of("DB_PORT", "2")).get(SettingTable.DATABASE_PORT));
        assertEquals(
                4,
                load(Map.of("DB_PORT", "2"), "database.port=3", "database.port=4")
                        .get(SettingTable.DATABASE_PORT));
    }

    @ParameterizedTest
    @CsvSource({
        "30, PT30S",
        "0.5, PT0.5S",
        "500ms, PT0.5S",
        "30s, PT30S",
        "2 m, PT2M",
        "1h, PT1H",
        "1.5 s, PT1.5S",
        "1, PT1S"
    })
    void durations_countSecondsUnlessTheyHaveAUnit(String text, Duration expected) throws IOException {
        assertEquals(expected, load(Map.of("FLUSH_INTERVAL", text)).get(SettingTable.FLUSH_INTERVAL));

        write("buffer { flush-interval = " + text + " }");
        assertEquals(expected, load(NO_ENVIRONMENT).get(SettingTable.FLUSH_INTERVAL));
    }

    @ParameterizedTest
    @CsvSource({"10 MiB, 10485760", "256m, 268435456", "1000, 1000", "512 KiB, 524288", "10MB, 10000000"})
    void sizes_countBytesUnlessTheyHaveAUnit(String text, long expected) {
        assertEquals(expected, load(Map.of("MAX_REQUEST_BYTES", text)).get(SettingTable.MAX_REQUEST_BYTES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "buffer.ring-size=1000 | buffer.ring-size: 1000 (expected a power of two, at most 16777216), from --set",
                "database.port=many | database.port: many (expected an integer from 1 to 65535), from --set",
                "database.port=0 | database.port: 0 (expected an integer from 1 to 65535), from --set",
                "database.host= | database.host: \"\" (expected a host name or address), from --set",
                "database.migrate=yes | database.migrate: yes (expected true or false), from --set",
                "buffer.flush-interval=soon | buffer.flush-interval: soon (expected seconds from 0.001 to 86400, or with a"
                        + " unit: 500ms, 30s, 2m), from --set",
                "buffer.flush-interval=0 | buffer.flush-interval: 0 (expected seconds from 0.001 to 86400, or with a unit:"
                        + " 500ms, 30s, 2m), from --set",
                "service.max-request-bytes=-1 | service.max-request-bytes: -1 (expected bytes from 1 to 1073741824, or"
                        + " with a unit: 512 KiB, 10 MiB, 256m), from --set",
                "service.naive-time-zone=Mars | service.naive-time-zone: Mars (expected a time zone, such as UTC, +02:00 or"
                        + " Europe/Berlin), from --set",
                "database.url=jdbc:x:secret | database.url: *** (expected a JDBC URL:"
                        + " jdbc:mysql://host:port/database?option=value), from --set",
                "buffer | --set buffer (expected name=value, such as buffer.flush-interval=5s)",
            })
    void impossibleValue_endsTheStartWithAnExactMessage(String assignment, String message) {
        assertEquals(message, problems(NO_ENVIRONMENT, assignment).get(0));
    }

    @Test
    void unknownSettingInTheFile_isNamedWithItsLineAndTheNearestName() throws IOException {
        write("# first line", "bufer { max-buffer-size = 5 }");

        List<String> problems = problems(NO_ENVIRONMENT);

        assertEquals(
                "unknown setting bufer.max-buffer-size, from " + folder.resolve("persistence.conf")
                        + ":2 (did you mean buffer.max-buffer-size?)",
                problems.get(0));
        assertTrue(problems.get(1).startsWith("the settings are: buffer.max-buffer-size, buffer.flush-interval, "));
    }

    @Test
    void allProblems_areNamedAtOnce() throws IOException {
        write("database.port = [1, 2]", "service.prot = 1");

        List<String> problems = problems(Map.of("RING_SIZE", "3"), "database.pool-size=0");

        assertEquals(5, problems.size(), problems::toString);
        assertTrue(
                problems.contains(
                        "buffer.ring-size: 3 (expected a power of two, at most 16777216), from environment variable RING_SIZE"));
    }

    @Test
    void fileThatIsNoHocon_isNamedWithTheLine() throws IOException {
        write("buffer {", "= 5");

        assertTrue(problems(NO_ENVIRONMENT).get(0).contains("persistence.conf: 2"));
    }

    @Test
    void nullInTheFile_meansTheDefault() throws IOException {
        write("database.port = null");

        assertEquals(3306, load(NO_ENVIRONMENT).get(SettingTable.DATABASE_PORT));
    }

    @Test
    void substitutions_nameOtherSettingsAndNeverSystemProperties() throws IOException {
        write(
                "service.max-connections = ${database.pool-size}",
                "database { pool-size = 7 }",
                "database.name = x${?user.name}");

        Settings settings = load(NO_ENVIRONMENT);

        assertEquals(7, settings.get(SettingTable.MAX_CONNECTIONS));
        assertEquals("x", settings.get(SettingTable.DATABASE_NAME));
    }

    @Test
    void effectiveSettings_nameEverySettingAndMaskSecrets() {
        String lines = String.join(
                "\n",
                load(
                                Map.of("DB_PASSWORD", "hunter2", "FLUSH_INTERVAL", "5s"),
                                "database.url=jdbc:mysql://me:hunter3@host/db?password=hunter4&useSSL=true")
                        .effective());

        assertFalse(lines.contains("hunter"), lines);
        assertTrue(lines.contains("password = *** (environment variable DB_PASSWORD)"), lines);
        assertTrue(lines.contains("url = jdbc:mysql://me:***@host/db?password=***&useSSL=true (--set)"), lines);
        assertTrue(lines.contains("buffer: max-buffer-size = 1000, flush-interval = 5s (environment variable"), lines);
        SettingTable.ALL.forEach(setting -> assertTrue(
                lines.contains(setting.name().substring(setting.group().length() + 1) + " = "), setting.name()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        jdbc:mysql://me:hunter1@h1:3306,you:hunter2@h2/db | jdbc:mysql://me:***@h1:3306,you:***@h2/db
        jdbc:mysql://[me:hunter1@h1,you:hunter2@h2]/db | jdbc:mysql://[me:***@h1,you:***@h2]/db
        jdbc:mysql://(host=h1,password=hunter1),h2/db?a=b&c=d | jdbc:mysql://(host=h1,password=***&c=d
        jdbc:mysql://me:x,hunter1@h/db?password=x,hunter2)hunter3&a=b | jdbc:mysql://me:***@h/db?password=***&a=b
        jdbc:mysql://h/db?trustCertificateKeyStorePassword=hunter1&a=b | jdbc:mysql://h/db?trustCertificateKeyStorePassword=***&a=b
        jdbc:mysql://[::1]:3306,h2:3307/db?user=me@there | jdbc:mysql://[::1]:3306,h2:3307/db?user=me@there
        """)
    void urlOfSeveralHosts_isShownWithoutAnyPassword(String url, String shown) {
        String lines =
                String.join("\n", load(NO_ENVIRONMENT, "database.url=" + url).effective());

        assertFalse(lines.contains("hunter"), lines);
        assertTrue(lines.contains("url = " + shown + " (--set)"), lines);
    }

    @Test
    void shownSettings_areAllWithTheirSourcesAndMaskSecrets() {
        List<Settings.Shown> shown =
                load(Map.of("DB_PASSWORD", "hunter2"), "buffer.ring-size=64").shown();

        assertEquals(
                SettingTable.ALL.stream().map(Setting::name).toList(),
                shown.stream().map(Settings.Shown::name).toList());
        assertTrue(shown.contains(new Settings.Shown("database.password", "***", "environment variable DB_PASSWORD")));
        assertTrue(shown.contains(new Settings.Shown("buffer.ring-size", "64", "--set")));
        assertTrue(shown.contains(new Settings.Shown("database.name", "ai_terminal", "default")));
    }

    @Test
    void shippedFile_showsEverySettingWithItsDefaultAndItsVariable() throws IOException {
        String shipped = Files.readString(Path.of("..", "conf", Settings.FILE));
        Files.writeString(folder.resolve(Settings.FILE), shipped.replaceAll("(?m)^( *)# ([a-z-]+ = )", "$1$2"));

        Settings uncommented = load(NO_ENVIRONMENT);

        Settings defaults = Settings.load(Optional.empty(), NO_ENVIRONMENT, List.of());
        for (Setting<?> setting : SettingTable.ALL) {
            if (!setting.equals(SettingTable.MAX_UNWRITTEN_BYTES)) { // depends on the heap
                assertEquals(defaults.get(setting), uncommented.get(setting), setting.name());
            }
            String member = setting.name().substring(setting.group().length() + 1);
            assertTrue(
                    shipped.matches("(?s).*# " + member + " = [^\\n]*# " + setting.environment() + "\\n.*"),
                    setting.name());
        }
    }

    @Test
    void malformedSecret_isNotRepeated() throws IOException {
        write("database {", "  password = hun$ter2", "}");
        String file = problems(NO_ENVIRONMENT).get(0);
        assertTrue(file.contains("persistence.conf: 2: not HOCON"), file);
        assertFalse(file.contains("ter2"), file);

        String assignment =
                problems(NO_ENVIRONMENT, "database.password:hunter2").get(1);
        assertEquals("--set database.password… (expected name=value, such as buffer.flush-interval=5s)", assignment);
    }

    @Test
    void list_isOneInEverySource() throws IOException {
        write("service.tokens = [\"a:read:1\", \"b:write+read:2\"]");
        List<String> entries = List.of("a:read:1", "b:write+read:2");
        assertEquals(entries, load(NO_ENVIRONMENT).get(SettingTable.TOKENS));
        assertEquals(
                entries, load(Map.of("TOKENS", "a:read:1, b:write+read:2\n")).get(SettingTable.TOKENS));
        assertEquals(
                entries,
                load(NO_ENVIRONMENT, "service.tokens=a:read:1 b:write+read:2").get(SettingTable.TOKENS));
        assertEquals(List.of(), load(NO_ENVIRONMENT, "service.tokens=").get(SettingTable.TOKENS));
    }

    private void write(String... lines) throws IOException {
        Files.write(folder.resolve(Settings.FILE), List.of(lines));
    }

    private Settings load(Map<String, String> environment, String... assignments) {
        return Settings.load(Optional.of(folder), environment, List.of(assignments));
    }

    private List<String> problems(Map<String, String> environment, String... assignments) {
        return assertThrows(SettingsException.class, () -> load(environment, assignments))
                .getMessage()
                .lines()
                .toList();
    }
}
