package dev.persistence.mysql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Connections with the session of the service's, for the ways without it: times, characters and strictness are the same,
 * so that the same records give the same rows.
 */
public final class ServiceSession {

    /** The statement that makes a session the service's. */
    public static final String SETTING = ConnectionPool.SESSION;

    private ServiceSession() {}

    /** The driver's properties that belong to it. */
    public static Properties driverProperties() {
        Properties properties = new Properties();
        properties.setProperty("characterEncoding", "UTF-8");
        properties.setProperty("connectionCollation", "utf8mb4_bin");
        properties.setProperty("connectionTimeZone", "UTC");
        return properties;
    }

    /**
     * A connection of its own, without a pool, with autocommit on.
     *
     * @param more the driver's properties beside {@link #driverProperties}
     */
    public static Connection connect(String url, Properties more) throws SQLException {
        Properties properties = driverProperties();
        more.forEach((name, value) -> properties.setProperty((String) name, (String) value));
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTING);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /** The SQL that the server of a connection takes. */
    public static Dialect dialect(Connection connection) throws SQLException {
        return DatabaseServer.of(connection).dialect();
    }
}
