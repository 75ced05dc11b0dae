package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.mysql.DatabaseTls.Mode;
import io.netty.pkitesting.CertificateBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS to a database that offers it, and whose certificates the test can read. */
@Tag("database")
class DatabaseTlsIT {

    private final TestDatabase database = new TestDatabase();

    @TempDir
    Path folder;

    private Optional<Path> authority;

    @BeforeEach
    void look() {
        List<String> certificates = database.rows("SHOW VARIABLES LIKE 'ssl_ca'");
        String file = certificates.isEmpty() ? "" : certificates.get(0).replaceFirst(".*\\|", "");
        Path folderOfData = Path.of(database.rows("SELECT @@datadir").get(0));
        authority = Optional.of(file)
                .filter(name -> !name.isEmpty())
                .map(folderOfData::resolve)
                .filter(Files::isReadable);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"PREFERRED", "REQUIRED", "VERIFY_CA"})
    void mode_encryptsEveryConnection(Mode mode) throws SQLException {
        DatabaseTls tls = new DatabaseTls(mode, mode == Mode.VERIFY_CA ? authority() : Optional.empty());
        authority();
        DatabaseSettings settings = settings(tls, "");
        assertFalse(cipher(settings).isEmpty());
        try (ConnectionPool pool = ConnectionPool.open(settings);
                DatabaseHealthCheck health = new DatabaseHealthCheck(settings)) {
            assertEquals(1, new SchemaMigration(pool).migrate());
            assertTrue(health.check().toCompletableFuture().join());
        }
    }

    @Test
    void disabled_encryptsNothing_andTheUrlGoesBeforeTheSetting() throws SQLException {
        authority();
        assertEquals("", cipher(settings(new DatabaseTls(Mode.DISABLED, Optional.empty()), "")));
        assertEquals("", cipher(settings(new DatabaseTls(Mode.REQUIRED, Optional.empty()), "sslMode=DISABLED")));
    }

    @Test
    void wrongAuthority_isNamedWithItsSetting() throws Exception {
        authority();
        Path other = Files.writeString(
                folder.resolve("ca.pem"),
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=other")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned()
                        .getCertificatePEM());
        DatabaseTls tls = new DatabaseTls(Mode.VERIFY_CA, Optional.of(other));
        String message = failure(settings(tls, ""));
        assertTrue(
                message.startsWith("database.ssl-mode, database.ssl-ca, database.url: no TLS connection with"),
                message);
        try (DatabaseHealthCheck health = new DatabaseHealthCheck(settings(tls, ""))) {
            assertFalse(health.check().toCompletableFuture().join());
        }
    }

    @Test
    void certificateOfAnotherHost_isRefusedWithVerifyIdentity() {
        String message = failure(settings(new DatabaseTls(Mode.VERIFY_IDENTITY, authority()), ""));
        assertTrue(message.startsWith("database.ssl-mode, database.ssl-ca"), message);
    }

    @Test
    void serverWithoutTls_isSaidSoWhereItIsRequired() {
        assumeTrue(!offersTls(), "this server offers TLS");
        String message = failure(settings(new DatabaseTls(Mode.REQUIRED, Optional.empty()), ""));
        assertTrue(
                message.startsWith("database.ssl-mode, database.url: the server at database.url offers no TLS"),
                message);
    }

    private boolean offersTls() {
        return database.rows("SHOW VARIABLES LIKE 'ssl_cert'").stream().anyMatch(row -> !row.endsWith("|"));
    }

    /** The server's own authority, or the test is skipped. */
    private Optional<Path> authority() {
        assumeTrue(authority.isPresent(), "this server offers no TLS, or its authority's certificate cannot be read");
        return authority;
    }

    private DatabaseSettings settings(DatabaseTls tls, String urlOptions) {
        Optional<String> url = Optional.of(database.url(urlOptions).replaceFirst("[&?]sslMode=PREFERRED", ""));
        return new DatabaseSettings("", 1, "root", "", "", 2, url, true, tls);
    }

    private static String cipher(DatabaseSettings settings) throws SQLException {
        try (ConnectionPool pool = ConnectionPool.open(settings);
                Connection connection = pool.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Ssl_cipher'")) {
            row.next();
            return row.getString(2);
        }
    }

    private static String failure(DatabaseSettings settings) {
        return assertThrows(
                        DatabaseException.class,
                        () -> ConnectionPool.open(settings).close())
                .getMessage();
    }
}
