package dev.persistence.bench.reference;

import java.util.Properties;

/** Who puts the values into a prepared statement. */
public enum PreparedForm {
    /** The driver, which sends text. Its default. */
    CLIENT,
    /** The server, which gets the values apart from a statement that it has parsed before. */
    SERVER;

    Properties driverProperties() {
        Properties properties = new Properties();
        properties.setProperty("useServerPrepStmts", Boolean.toString(this == SERVER));
        properties.setProperty("cachePrepStmts", "true");
        properties.setProperty("prepStmtCacheSize", "32");
        properties.setProperty("prepStmtCacheSqlLimit", Integer.toString(1 << 20)); // a thousand rows of placeholders
        return properties;
    }
}
