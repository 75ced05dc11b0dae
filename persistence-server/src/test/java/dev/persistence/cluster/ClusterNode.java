package dev.persistence.cluster;

import dev.persistence.mysql.QueryRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One server of a cluster. One thread; connections are for any. */
interface ClusterNode extends AutoCloseable {

    int port();

    Connection connect(String database) throws SQLException;

    /** SIGKILL. */
    void kill();

    /** SIGTERM, as for an upgrade, and waits for the end. */
    void stop();

    default String hostAndPort() {
        return "127.0.0.1:" + port();
    }

    default List<String> query(String sql) {
        try (Connection connection = connect("")) {
            return QueryRows.read(connection, sql);
        } catch (SQLException away) {
            return List.of();
        }
    }

    /** Whether it answers and takes writes. */
    default boolean takesWrites() {
        return query("SELECT @@global.read_only").equals(List.of("0"));
    }

    @Override
    void close();
}
