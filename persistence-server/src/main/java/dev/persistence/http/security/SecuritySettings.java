package dev.persistence.http.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the service is guarded.
 *
 * @param tokens those of the setting {@code service.tokens}
 * @param tokensFile holds further ones, and may change while the service runs
 * @param tls without it, connections are not encrypted
 */
public record SecuritySettings(List<Token> tokens, Optional<Path> tokensFile, Optional<Tls> tls) {

    /** Neither tokens nor TLS. */
    public static final SecuritySettings NONE = new SecuritySettings(List.of(), Optional.empty(), Optional.empty());

    private static final String TOKENS = "service.tokens or service.tokens-file";
    private static final String TLS = "service.tls-certificate and service.tls-key";

    public SecuritySettings {
        tokens = List.copyOf(tokens);
    }

    /**
     * The files of TLS, all PEM; they may change while the service runs.
     *
     * @param certificate the server's certificate, followed by those that lead to its authority
     * @param key its private key, PKCS#8, not encrypted
     * @param clientAuthority the authorities whose certificates clients must have; empty asks for none
     */
    public record Tls(Path certificate, Path key, Optional<Path> clientAuthority) {}

    /** Whether requests need a token. */
    public boolean needsTokens() {
        return !tokens.isEmpty() || tokensFile.isPresent();
    }

    /** What is missing where others than this machine can reach the service; empty if nothing is. */
    public Optional<String> warning(String host) {
        boolean encrypted = tls.isPresent();
        boolean guarded = needsTokens() || tls.flatMap(Tls::clientAuthority).isPresent();
        if ((encrypted && guarded) || isLoopback(host)) {
            return Optional.empty();
        }
        String reachable = "service.host = " + host + " can be reached from other machines, ";
        if (encrypted) {
            return Optional.of(reachable + "and no tokens are configured: whoever reaches the port can write. Set "
                    + TOKENS + ", or service.tls-client-ca");
        } else if (guarded) {
            return Optional.of(reachable + "and TLS is not configured: tokens and records travel in the clear. Set "
                    + TLS + ", or listen on 127.0.0.1 behind a proxy that has TLS");
        }
        return Optional.of(reachable + "and neither tokens nor TLS are configured: whoever reaches the port can write,"
                + " and records travel in the clear. Set " + TOKENS + ", and " + TLS
                + ", or listen on 127.0.0.1 behind a proxy that has both");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false; // listening will say so
        }
    }
}
