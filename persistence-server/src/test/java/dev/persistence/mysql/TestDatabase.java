package dev.persistence.mysql;

import dev.persistence.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;

/**
 * A fresh, empty database for one test, dropped afterwards. The server is the one of the system property
 * {@code database.url} (its user may create databases), else a MySQL in a container where Docker answers, else the
 * embedded MariaDB. It is named once.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String SERVER = server();

    private final String name = "mysql_it_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();

    public TestDatabase() {
        execute(SERVER, "CREATE DATABASE `" + name + "` CHARACTER SET utf8mb4");
    }

    private static String server() {
        String given = System.getProperty("database.url");
        String url = withoutSpans(given != null ? given : startedServer());
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION(), @@version_comment, @@port")) {
            row.next();
            System.out.println("Database tests run on " + row.getString(1) + " (" + row.getString(2) + "), port "
                    + row.getString(3));
            return url;
        } catch (SQLException failed) {
            throw new IllegalStateException("no database for the tests", failed);
        }
    }

    /** The driver would look for OpenTelemetry by itself, and find it. */
    private static String withoutSpans(String url) {
        return url + (url.contains("?") ? "&" : "?") + "openTelemetry=DISABLED";
    }

    /** The server lives as long as the tests: the container goes with Testcontainers, the embedded one with this JVM. */
    private static String startedServer() {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            MySQLContainer container =
                    new MySQLContainer("mysql:9").withUsername("root").withPassword("test");
            container.start();
            return "jdbc:mysql://" + container.getHost() + ":" + container.getMappedPort(MySQLContainer.MYSQL_PORT)
                    + "/?user=root&password=test";
        }
        EmbeddedDatabase embedded = EmbeddedDatabase.start(Optional.empty());
        Runtime.getRuntime().addShutdownHook(new Thread(embedded::close, "embedded-database-stop"));
        return "jdbc:mysql://" + embedded.host() + ":" + embedded.port() + "/?user=" + embedded.user() + "&password="
                + embedded.password();
    }

    /** The JDBC URL of this database. */
    public String url() {
        return url("");
    }

    String url(String moreProperties) {
        int query = SERVER.indexOf('?');
        String hosts = query < 0 ? SERVER : SERVER.substring(0, query);
        String properties = query < 0 ? "" : SERVER.substring(query);
        int path = hosts.indexOf('/', hosts.indexOf("//") + 2);
        String base = path < 0 ? hosts : hosts.substring(0, path);
        String more = moreProperties.isEmpty() ? "" : (properties.isEmpty() ? "?" : "&") + moreProperties;
        return base + "/" + name + properties + more;
    }

    /** Where its server is, as {@code host:port}. */
    public String hostAndPort() {
        String hosts = url().substring(url().indexOf("//") + 2);
        return hosts.substring(0, hosts.indexOf('/'));
    }

    public DatabaseSettings settings() {
        return new DatabaseSettings("localhost", 3306, "root", "", name, 4, Optional.of(url()), true);
    }

    public String name() {
        return name;
    }

    /** The collation of this server that compares byte for byte. */
    public String exactCollation() {
        return rows("SELECT VERSION()").get(0).contains("MariaDB") ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
    }

    /** Runs statements outside the service's pool, each on its own. */
    public void execute(String... statements) {
        for (String sql : statements) {
            execute(url(), sql);
        }
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** All rows of a query, each with its values as text joined by {@code |}. */
    public List<String> rows(String sql) {
        try (Connection connection = connect()) {
            return QueryRows.read(connection, sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    @Override
    public void close() {
        execute(SERVER, "DROP DATABASE `" + name + "`");
    }
}
