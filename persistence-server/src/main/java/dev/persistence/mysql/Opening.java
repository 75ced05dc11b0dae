package dev.persistence.mysql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.persistence.mysql.hosts.WriterHosts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** How connections are opened, for a pool or one alone: by the driver, or to the right one of several hosts. Any thread. */
final class Opening {

    private Opening() {}

    /** A pool as it is configured; the listener is told where its connections go, if the URL names several hosts. */
    static HikariDataSource pool(HikariConfig config, WriterHosts.Listener listener) {
        if (WriterHosts.areIn(config.getJdbcUrl())) {
            config.setDataSource(new WriterHosts(config.getJdbcUrl(), config.getDataSourceProperties(), listener));
        }
        return new HikariDataSource(config);
    }

    /** A connection like those of a pool, but not of it, and without their session; the caller closes it. */
    static Connection alone(HikariDataSource like, Duration within) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(like.getDataSourceProperties());
        properties.setProperty("connectTimeout", Long.toString(within.toMillis()));
        properties.setProperty("socketTimeout", Long.toString(within.toMillis()));
        String url = like.getJdbcUrl();
        return WriterHosts.areIn(url)
                ? new WriterHosts(url, properties, WriterHosts.Listener.NONE).getConnection()
                : DriverManager.getConnection(url, properties);
    }
}
