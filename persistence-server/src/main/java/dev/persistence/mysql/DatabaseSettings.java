package dev.persistence.mysql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the database is and how it is used.
 *
 * @param host name or address of the server
 * @param port its TCP port
 * @param user who writes; needs SELECT, INSERT and UPDATE, and CREATE with {@code migrate}
 * @param password may be empty
 * @param name the database that holds the tables
 * @param poolSize connections at most, from 1
 * @param url a full JDBC URL ({@code jdbc:mysql:…}, also for MariaDB and with several hosts), used instead of host, port
 *     and name; a user or password in it goes before {@code user} and {@code password}
 * @param migrate whether the shipped tables are created and migrated at start
 * @param tls how connections are encrypted
 */
public record DatabaseSettings(
        String host,
        int port,
        String user,
        String password,
        String name,
        int poolSize,
        Optional<String> url,
        boolean migrate,
        DatabaseTls tls) {

    /** Driver properties that the correctness of the statements hangs on; a URL cannot set them. */
    private static final Set<String> FIXED_BY_SERVICE = Set.of(
            "characterencoding",
            "charactersetresults",
            "connectioncollation",
            "sessionvariables",
            "allowmultiqueries",
            "customcharsetmapping",
            "propertiestransform",
            "opentelemetry",
            "rewritebatchedstatements",
            // A connection that is made anew behind its back has not the session that the statements need.
            "autoreconnect",
            "autoreconnectforpools");

    private static final Pattern PROPERTY_BEFORE_QUERY = Pattern.compile("([A-Za-z]+)\\s*=");

    public DatabaseSettings {
        Objects.requireNonNull(password, "password");
        if (url.isEmpty()) {
            check(!host.isBlank(), "database.host", host, "a host name or address");
            check(port >= 1 && port <= 65535, "database.port", port, "1 to 65535");
            check(!name.isBlank(), "database.name", name, "the name of a database");
            check(!user.isBlank(), "database.user", user, "the name of a database user");
        }
        check(poolSize >= 1 && poolSize <= 1000, "database.pool-size", poolSize, "1 to 1000");
        url.ifPresent(DatabaseSettings::checkUrl);
    }

    /** Settings without a word on encryption. */
    public DatabaseSettings(
            String host,
            int port,
            String user,
            String password,
            String name,
            int poolSize,
            Optional<String> url,
            boolean migrate) {
        this(host, port, user, password, name, poolSize, url, migrate, DatabaseTls.DEFAULT);
    }

    private static void check(boolean holds, String setting, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(setting + ": \"" + value + "\" (expected " + expected + ")");
        }
    }

    private static void checkUrl(String url) {
        check(
                url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mysql+srv:"),
                "database.url",
                UrlMask.masked(url),
                "jdbc:mysql://host:port/name, also for MariaDB; several hosts with commas between them");
        PROPERTY_BEFORE_QUERY
                .matcher(url.split("\\?", 2)[0])
                .results()
                .map(match -> match.group(1))
                .filter(DatabaseSettings::isFixed)
                .forEach(
                        property -> check(false, "database.url", property, "no " + property + ": the service sets it"));
    }

    private static boolean isFixed(String property) {
        return FIXED_BY_SERVICE.contains(property.toLowerCase(Locale.ROOT));
    }

    /** The URL to connect to, without the properties that the service itself sets. */
    String jdbcUrl() {
        return url.map(DatabaseSettings::withoutFixedProperties).orElseGet(this::ownUrl);
    }

    private String ownUrl() {
        String literal = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:mysql://" + literal + ":" + port + "/" + encode(name);
    }

    private static String encode(String part) {
        return java.net.URLEncoder.encode(part, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static String withoutFixedProperties(String url) {
        int query = url.indexOf('?');
        if (query < 0) {
            return url;
        }
        String kept = Arrays.stream(url.substring(query + 1).split("&"))
                .filter(property -> !isFixed(property.split("=", 2)[0].strip()))
                .collect(Collectors.joining("&"));
        return url.substring(0, query) + (kept.isEmpty() ? "" : "?" + kept);
    }

    /** Whether the URL itself gives this property; the driver would prefer what is set beside it. */
    boolean urlGives(String property) {
        return url.stream()
                .map(given -> given.substring(given.indexOf('?') + 1))
                .flatMap(query -> Arrays.stream(query.split("&")))
                .anyMatch(given -> given.split("=", 2)[0].strip().equalsIgnoreCase(property));
    }

    /** Where the database is, in words for people, without secrets. */
    String place() {
        return url.isPresent() ? "database.url" : host + ":" + port;
    }

    /** All settings, secrets masked. */
    @Override
    public String toString() {
        return "host=" + host + ", port=" + port + ", user=" + user + ", password="
                + (password.isEmpty() ? "(none)" : "***") + ", name=" + name + ", pool-size=" + poolSize + ", url="
                + url.map(UrlMask::masked).orElse("(none)") + ", migrate=" + migrate + ", tls=" + tls;
    }
}
