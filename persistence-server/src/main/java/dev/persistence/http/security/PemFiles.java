package dev.persistence.http.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys. What cannot be used is an {@link IllegalArgumentException} that says why. */
final class PemFiles {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

    /** The algorithms of keys, and how each signs. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private PemFiles() {}

    /** All certificates of a file, at least one. */
    static List<X509Certificate> certificates(String setting, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw unusable(setting, file, "certificates in PEM; there is none in it");
            }
            return certificates;
        } catch (CertificateException notPem) {
            throw unusable(setting, file, "certificates in PEM");
        } catch (IOException unreadable) {
            throw unreadable(setting, file, unreadable);
        }
    }

    /** The private key of a file, which must be that of the certificate. */
    static PrivateKey key(String setting, Path file, X509Certificate certificate) {
        PrivateKey key = key(setting, file);
        if (!belongTogether(key, certificate)) {
            throw unusable(setting, file, "the key of the certificate in service.tls-certificate; it is another one's");
        }
        return key;
    }

    private static PrivateKey key(String setting, Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException unreadable) {
            throw unreadable(setting, file, unreadable);
        }
        Matcher pem = KEY.matcher(text);
        if (!pem.find()) {
            String hint = OTHER_KEY.matcher(text).find()
                    ? "; openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW makes one of the key that is in it"
                    : "";
            throw unusable(setting, file, "a private key in PEM, PKCS#8, not encrypted (BEGIN PRIVATE KEY)" + hint);
        }
        return SIGNATURES.keySet().stream()
                .flatMap(algorithm -> key(algorithm, pem.group(1)).stream())
                .findFirst()
                .orElseThrow(() ->
                        unusable(setting, file, "a private key of RSA, EC or EdDSA; it is damaged or another kind"));
    }

    private static Optional<PrivateKey> key(String algorithm, String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (IllegalArgumentException | GeneralSecurityException another) {
            return Optional.empty();
        }
    }

    /** What the one signs, the other must verify: nobody else compares them before the first client fails. */
    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        byte[] sample = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException differentKinds) {
            return false;
        }
    }

    static IllegalArgumentException unreadable(String setting, Path file, IOException reason) {
        return unusable(
                setting,
                file,
                reason instanceof NoSuchFileException
                        ? "a readable file; there is none"
                        : "a readable file; " + reason.getClass().getSimpleName());
    }

    private static IllegalArgumentException unusable(String setting, Path file, String expected) {
        return new IllegalArgumentException(setting + ": " + file + " (expected " + expected + ")");
    }
}
