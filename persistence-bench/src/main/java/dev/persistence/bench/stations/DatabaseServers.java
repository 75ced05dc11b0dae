package dev.persistence.bench.stations;

import dev.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database servers of one run. The command opens them; the JVMs that JMH forks find their URLs in a file that only
 * this user may read, because JMH writes the options of a JVM, and with them a password, into its results.
 */
public final class DatabaseServers implements AutoCloseable {

    /** In place of a URL: the embedded MariaDB. */
    public static final String EMBEDDED = "embedded";

    /** The system property that names the file with the URLs. */
    public static final String FILE_PROPERTY = "bench.databases";

    private static final Pattern PLACE = Pattern.compile("//(?:[^/?]*@)?([^/?@]*)");

    private final Properties urlByName = new Properties();
    private final Path file;
    private EmbeddedDatabase embedded; // of the thread that opened the servers

    private DatabaseServers(Path file) {
        this.file = file;
        file.toFile().deleteOnExit(); // also where the run is interrupted: it holds passwords
    }

    /**
     * Looks at each server, so that a wrong URL shows before minutes have gone by; starts the embedded one where asked.
     *
     * @param databases JDBC URLs, or {@value #EMBEDDED}
     * @throws SQLException if a server does not answer
     */
    public static DatabaseServers open(List<String> databases) throws IOException, SQLException {
        DatabaseServers servers = new DatabaseServers(Files.createTempFile("bench-databases-", ".properties"));
        try {
            for (String database : databases) {
                servers.add(database);
            }
            try (Writer writer = Files.newBufferedWriter(servers.file)) {
                servers.urlByName.store(writer, null);
            }
            return servers;
        } catch (IOException | SQLException | RuntimeException failed) {
            servers.close();
            throw failed;
        }
    }

    private void add(String database) throws SQLException {
        boolean isEmbedded = database.equals(EMBEDDED);
        String url = isEmbedded ? embeddedUrl() : database;
        String kind = version(url);
        String name = isEmbedded ? kind + " " + EMBEDDED : kind;
        for (int copy = 2; urlByName.putIfAbsent(name, url) != null; copy++) {
            name = kind + " #" + copy;
        }
    }

    private String embeddedUrl() {
        if (embedded == null) {
            embedded = EmbeddedDatabase.start(Optional.empty());
        }
        return "jdbc:mysql://" + embedded.host() + ":" + embedded.port() + "/?user=" + embedded.user() + "&password="
                + embedded.password();
    }

    private static String version(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            String version = row.getString(1);
            String number = version.split("-", 2)[0];
            return (version.contains("MariaDB") ? "MariaDB " : "MySQL ") + number;
        } catch (SQLException failed) {
            String reason = failed.getMessage().lines().findFirst().orElse("");
            throw new SQLException("the database at " + place(url) + " cannot be used: " + reason, failed);
        }
    }

    /** Host and port; a URL may hold a password before and behind them. */
    private static String place(String url) {
        Matcher matcher = PLACE.matcher(url);
        return matcher.find() ? matcher.group(1) : "its URL";
    }

    /** What the servers are called in tables, such as {@code MySQL 9.7.4} and {@code MariaDB 11.4.5 embedded}. */
    public List<String> names() {
        return urlByName.stringPropertyNames().stream().sorted().toList();
    }

    public Path file() {
        return file;
    }

    /** The URL of a server of this run, in any JVM of it. */
    static String url(String name) {
        String path = System.getProperty(FILE_PROPERTY);
        if (path == null) {
            throw new IllegalStateException("no database servers are known here: run this by bench stations");
        }
        Properties urls = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(path))) {
            urls.load(reader);
        } catch (IOException unreadable) {
            throw new IllegalStateException("the database servers of this run cannot be read", unreadable);
        }
        return urls.getProperty(name);
    }

    /** Stops the embedded server, if it was started, and removes the file. */
    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        }
        Files.deleteIfExists(file);
    }
}
