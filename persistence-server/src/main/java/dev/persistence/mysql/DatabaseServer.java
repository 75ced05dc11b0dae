package dev.persistence.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The server as a connection found it.
 *
 * @param version as the server names it, such as {@code 9.7.4} or {@code 11.4.5-MariaDB}
 * @param dialect the SQL it takes
 * @param database the database connected to, or null where the URL names none
 * @param maxAllowedPacket bytes of the largest statement it takes
 */
public record DatabaseServer(String version, Dialect dialect, String database, long maxAllowedPacket) {

    /** For people: {@code ai_terminal on MySQL 9.7.4}. */
    public String description() {
        return database + " on " + dialect.product() + " " + version;
    }

    static DatabaseServer of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION(), DATABASE(), @@max_allowed_packet")) {
            row.next();
            String version = row.getString(1);
            return new DatabaseServer(version, Dialect.ofVersion(version), row.getString(2), row.getLong(3));
        }
    }
}
