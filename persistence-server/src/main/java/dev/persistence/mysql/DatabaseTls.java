package dev.persistence.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How connections to the database are encrypted; options of the same meaning in {@code database.url} go before it.
 *
 * @param mode as the driver's {@code sslMode}
 * @param authority certificates in PEM that the server's must come from; without it, those that Java trusts
 */
public record DatabaseTls(Mode mode, Optional<Path> authority) {

    /** What the driver does where nobody says otherwise. */
    public static final DatabaseTls DEFAULT = new DatabaseTls(Mode.PREFERRED, Optional.empty());

    /** The modes, under the driver's names. */
    public enum Mode {
        /** Never encrypted. */
        DISABLED,
        /** Encrypted if the server can; whose server it is is not checked. */
        PREFERRED,
        /** Encrypted or not at all; whose server it is is not checked. */
        REQUIRED,
        /** Like REQUIRED, and the server's certificate comes from a trusted authority. */
        VERIFY_CA,
        /** Like VERIFY_CA, and it is issued to the host that is connected to. */
        VERIFY_IDENTITY;

        private boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_IDENTITY;
        }
    }

    /**
     * Checks the values, and that the file holds certificates.
     *
     * @throws IllegalArgumentException if they cannot be used; the message names setting, value and expectation
     */
    public DatabaseTls {
        if (authority.isPresent() && !mode.verifies()) {
            throw new IllegalArgumentException(
                    "database.ssl-ca: given, but nothing is verified with database.ssl-mode: " + mode
                            + " (expected VERIFY_CA or VERIFY_IDENTITY)");
        }
        authority.ifPresent(DatabaseTls::checkCertificates);
    }

    private static void checkCertificates(Path file) {
        String reason = "";
        try (InputStream in = Files.newInputStream(file)) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return;
            }
        } catch (CertificateException notPem) {
            reason = "";
        } catch (IOException unreadable) {
            reason = "; it cannot be read: " + unreadable.getClass().getSimpleName();
        }
        throw new IllegalArgumentException(
                "database.ssl-ca: " + file + " (expected a file of certificates in PEM" + reason + ")");
    }

    /** The driver's properties, save for those that the URL gives itself. */
    Map<String, String> properties(DatabaseSettings settings) {
        Map<String, String> properties = new TreeMap<>();
        boolean modeInUrl = Stream.of("sslMode", "useSSL", "requireSSL", "verifyServerCertificate")
                .anyMatch(settings::urlGives);
        if (!modeInUrl) {
            properties.put("sslMode", mode.name());
        }
        if (authority.isPresent() && !settings.urlGives("trustCertificateKeyStoreUrl")) {
            PemTrust.register();
            properties.put(
                    "trustCertificateKeyStoreUrl", authority.get().toUri().toString());
            properties.put("trustCertificateKeyStoreType", PemTrust.TYPE);
        }
        return properties;
    }
}
