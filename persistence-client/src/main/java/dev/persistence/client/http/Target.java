package dev.persistence.client.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * The service and how to speak to it.
 *
 * @param address such as {@code http://localhost:8001}; may have a path, under which a proxy serves it
 * @param token if the service asks for one
 * @param tls whom to trust and which certificate to show; without it, as Java does by default
 */
public record Target(URI address, Optional<String> token, Optional<SSLContext> tls) {

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    /** Checks each part. */
    public Target {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme)
                || address.getHost() == null
                || address.getRawQuery() != null
                || address.getRawFragment() != null
                || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the service's address " + masked(address)
                    + " (expected http://host:port or https://host:port, without user, query and fragment)");
        }
        if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
            throw new IllegalArgumentException("the token is empty or has characters that a header cannot carry"
                    + " (expected printable ASCII without spaces)");
        }
    }

    private static String masked(URI address) {
        return address.getRawUserInfo() == null
                ? address.toString()
                : address.toString().replace(address.getRawUserInfo() + "@", "…@");
    }

    URI uri(String path) {
        return URI.create(address.toString().replaceFirst("/+$", "") + "/api/v1/persistence/" + path);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return address.toString();
    }
}
