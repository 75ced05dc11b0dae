package dev.persistence.http.security;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 with the JDK's own engine. New connections use the certificate that was read last; those that are open
 * keep theirs.
 */
public final class ServerTls {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    static {
        // A client of TLS 1.2 could make the server do handshakes without end, and the JDK would let it. It is read
        // once, when the first engine of the process is made.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private final SecuritySettings.Tls files;
    private final LongAdder failedHandshakes = new LongAdder();
    private volatile SslContext context; // replaced by the thread that watches the files

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if one cannot be used; the message names setting, file and reason
     */
    ServerTls(SecuritySettings.Tls files) {
        this.files = files;
        reload();
    }

    /** Reads the files; if they cannot be used, what was read before stays in force. */
    void reload() {
        List<X509Certificate> chain = chain(files);
        context = context(files, chain);
        describe(chain.get(0));
    }

    /**
     * Reads the files, and forgets them.
     *
     * @throws IllegalArgumentException if one cannot be used
     */
    static void check(SecuritySettings.Tls files) {
        context(files, chain(files));
    }

    /**
     * Encrypts a new connection.
     *
     * @param handshake how long its handshake may take
     */
    public void protect(Channel channel, Duration handshake) {
        SslHandler tls = context.newHandler(channel.alloc());
        tls.setHandshakeTimeoutMillis(handshake.toMillis());
        channel.pipeline().addLast(tls).addLast(new TlsConnection(failedHandshakes));
    }

    /** Handshakes that did not succeed, those of connections that were closed before they began one among them. */
    public long failedHandshakes() {
        return failedHandshakes.sum();
    }

    private static List<X509Certificate> chain(SecuritySettings.Tls files) {
        return PemFiles.certificates("service.tls-certificate", files.certificate());
    }

    private static SslContext context(SecuritySettings.Tls files, List<X509Certificate> chain) {
        PrivateKey key = PemFiles.key("service.tls-key", files.key(), chain.get(0));
        SslContextBuilder builder = SslContextBuilder.forServer(key, chain)
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2");
        files.clientAuthority()
                .ifPresent(file -> builder.trustManager(PemFiles.certificates("service.tls-client-ca", file))
                        .clientAuth(ClientAuth.REQUIRE));
        try {
            return builder.build();
        } catch (SSLException unusable) {
            throw new IllegalArgumentException(
                    "service.tls-certificate, service.tls-key: " + unusable.getMessage(), unusable);
        }
    }

    private static void describe(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(Instant.now())) {
            LOG.warn("service.tls-certificate: the certificate was valid until {}; clients will refuse it", end);
        } else {
            LOG.info("TLS: the certificate is valid until {}", end);
        }
    }
}
