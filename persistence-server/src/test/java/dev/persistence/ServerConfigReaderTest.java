package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.batch.BufferSettings;
import dev.persistence.fallback.FallbackSettings;
import dev.persistence.fallback.OnDatabaseFailure;
import dev.persistence.http.HttpSettings;
import dev.persistence.http.security.Certificates;
import dev.persistence.http.security.SecuritySettings;
import dev.persistence.http.security.Token;
import dev.persistence.mysql.DatabaseSettings;
import dev.persistence.mysql.DatabaseTls;
import dev.persistence.settings.SettingTable;
import dev.persistence.settings.Settings;
import dev.persistence.settings.SettingsException;
import io.netty.pkitesting.X509Bundle;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertEquals(SecuritySettings.NONE, config.security());
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

    @Test
    void tls_reachesItsPlace() throws Exception {
        X509Bundle authority = Certificates.authority("a");
        SecuritySettings.Tls files =
                Certificates.write(folder, Certificates.issued(authority, "s"), Optional.of(authority));
        Path tokens = Files.writeString(
                folder.resolve("tokens"), Token.of("b", "read", "text-b").entry());

        ServerConfig config = read(Map.of(
                "TLS_CERTIFICATE",
                files.certificate().toString(),
                "TLS_KEY",
                files.key().toString(),
                "TLS_CLIENT_CA",
                files.clientAuthority().orElseThrow().toString(),
                "TOKENS",
                Token.of("a", "read", "text-a").entry(),
                "TOKENS_FILE",
                tokens.toString(),
                "DB_SSL_MODE",
                "VERIFY_CA",
                "DB_SSL_CA",
                files.clientAuthority().orElseThrow().toString()));

        assertEquals(Optional.of(files), config.security().tls());
        assertEquals("[a [READ]]", config.security().tokens().toString());
        assertEquals(Optional.of(tokens), config.security().tokensFile());
        assertEquals(
                new DatabaseTls(DatabaseTls.Mode.VERIFY_CA, files.clientAuthority()),
                config.database().tls());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TLS_CERTIFICATE=FOLDER/no   | service.tls-key: "" (expected a readable file, since TLS needs both service.tls-certificate and service.tls-key), from default
            TLS_CLIENT_CA=FOLDER/no     | service.tls-certificate: "" (expected a readable file, since TLS needs both service.tls-certificate and service.tls-key), from default
            TLS_CERTIFICATE=FOLDER/no,TLS_KEY=FOLDER/no | service.tls-certificate: FOLDER/no (expected a readable file; there is none)
            TLS_CERTIFICATE=FOLDER/text,TLS_KEY=FOLDER/no | service.tls-certificate: FOLDER/text (expected certificates in PEM)
            TLS_CERTIFICATE=FOLDER/pem,TLS_KEY=FOLDER/text | service.tls-key: FOLDER/text (expected a private key in PEM, PKCS#8, not encrypted (BEGIN PRIVATE KEY))
            TLS_CERTIFICATE=FOLDER/pem,TLS_KEY=FOLDER/old | service.tls-key: FOLDER/old (expected a private key in PEM, PKCS#8, not encrypted (BEGIN PRIVATE KEY); openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW makes one of the key that is in it)
            TOKENS_FILE=FOLDER/no       | service.tokens-file: FOLDER/no (expected a readable file; there is none)
            TOKENS_FILE=FOLDER/text     | service.tokens-file: FOLDER/text: entry 1: it has not the three parts of name:rights:sha256
            TOKENS=a:b                  | service.tokens: *** (expected entries of the form name:rights:sha256, such as back-end:write+flush:9f86d08…; persistence-server token makes one; entry 1: it has not the three parts of name:rights:sha256), from environment variable TOKENS
            DB_SSL_MODE=on              | database.ssl-mode: on (expected one of DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY), from environment variable DB_SSL_MODE
            DB_SSL_CA=FOLDER/pem        | database.ssl-ca: given, but nothing is verified with database.ssl-mode: PREFERRED (expected VERIFY_CA or VERIFY_IDENTITY)
            DB_SSL_MODE=VERIFY_CA,DB_SSL_CA=FOLDER/text | database.ssl-ca: FOLDER/text (expected a file of certificates in PEM)
            """)
    void fileThatCannotBeUsed_endsTheStartWithAnExactMessage(String given, String message) throws Exception {
        Files.writeString(folder.resolve("text"), "text");
        Files.writeString(folder.resolve("old"), "-----BEGIN RSA PRIVATE KEY-----");
        Files.writeString(folder.resolve("pem"), Certificates.authority("a").getCertificatePEM());
        Map<String, String> environment = new HashMap<>();
        for (String assignment :
                List.of(given.replace("FOLDER", folder.toString()).split(",", -1))) {
            int equals = assignment.indexOf('=');
            environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }

        assertEquals(
                message.replace("FOLDER", folder.toString()),
                assertThrows(SettingsException.class, () -> read(environment)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, false, false, neither tokens nor TLS",
        "0.0.0.0, true, false, TLS is not configured",
        "0.0.0.0, false, true, no tokens are configured",
        "0.0.0.0, true, true, ",
        "127.0.0.1, false, false, ",
        "localhost, false, false, ",
        "::1, false, false, "
    })
    void openService_isWarnedOf(String host, boolean tokens, boolean tls, String words) {
        SecuritySettings settings = new SecuritySettings(
                tokens ? List.of(Token.of("a", "read", "t")) : List.of(),
                Optional.empty(),
                tls ? Optional.of(new SecuritySettings.Tls(folder, folder, Optional.empty())) : Optional.empty());
        String warning = settings.warning(host).orElse("");
        assertEquals(words == null, warning.isEmpty(), warning);
        assertTrue(words == null || warning.contains(words), warning);
    }

    private ServerConfig read(Map<String, String> environment) {
        Optional<Path> given = Optional.of(folder);
        return ServerConfigReader.read(Settings.load(given, environment, List.of()), given);
    }
}
