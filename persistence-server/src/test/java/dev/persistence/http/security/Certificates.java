package dev.persistence.http.security;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Authorities, and certificates of servers and clients, made for a test. */
public final class Certificates {

    private static final char[] NO_PASSWORD = {};

    private Certificates() {}

    /** An authority. */
    public static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    /** What it issues to a server at 127.0.0.1, or to a client. */
    public static X509Bundle issued(X509Bundle authority, String name) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
    }

    /** Writes certificate and key into a folder, in place of what is there. */
    public static SecuritySettings.Tls write(Path folder, X509Bundle server, Optional<X509Bundle> clients)
            throws Exception {
        Path certificate = Files.writeString(folder.resolve("server.pem"), server.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("server.key"), server.getPrivateKeyPEM());
        if (clients.isEmpty()) {
            return new SecuritySettings.Tls(certificate, key, Optional.empty());
        }
        Path authority =
                Files.writeString(folder.resolve("clients.pem"), clients.get().getCertificatePEM());
        return new SecuritySettings.Tls(certificate, key, Optional.of(authority));
    }

    /** Connections of a client that trusts this authority. */
    public static SSLSocketFactory trusting(X509Bundle authority) throws Exception {
        return context(authority, Optional.empty(), "TLS").getSocketFactory();
    }

    /** The same in one version of TLS, and with a certificate of its own. */
    public static SSLContext context(X509Bundle authority, Optional<X509Bundle> own, String protocol) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("authority", authority.getCertificate());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (own.isPresent()) {
            store.setKeyEntry(
                    "own",
                    own.get().getKeyPair().getPrivate(),
                    NO_PASSWORD,
                    own.get().getCertificatePath());
        }
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance(protocol);
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    /** Waits until it is in force, without looking every two seconds only. */
    public static Security open(SecuritySettings settings) {
        return Security.open(settings, java.time.Duration.ofMillis(20));
    }
}
