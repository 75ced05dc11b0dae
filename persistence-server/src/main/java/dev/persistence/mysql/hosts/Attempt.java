package dev.persistence.mysql.hosts;

import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.jdbc.ConnectionImpl;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host, tried: a connection that takes writes or does not, or the reason why there is none. One thread. */
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final String CONNECT_TIMEOUT = "connectTimeout";
    private static final String SOCKET_TIMEOUT = "socketTimeout";
    private static final int LEAST_MILLIS = 300;
    private static final Set<String> OFF = Set.of("0", "OFF");

    /** Replicas and secondaries have the first; the readers of an Aurora cluster, which share its disks, the second. */
    private static final String READ_ONLY = "SELECT @@global.read_only, @@global.innodb_read_only";

    private final HostInfo host;
    private final Connection connection;
    private final boolean takesWrites;
    private final SQLException failure;

    private Attempt(HostInfo host, Connection connection, boolean takesWrites, SQLException failure) {
        this.host = host;
        this.connection = connection;
        this.takesWrites = takesWrites;
        this.failure = failure;
    }

    /** Connects and asks; a host that is silent gets its share of the time only. */
    static Attempt at(HostInfo host, int hosts) {
        Connection connection = null;
        try {
            connection = ConnectionImpl.getInstance(hurried(host, hosts));
            return new Attempt(host, connection, takesWrites(connection), null);
        } catch (SQLException failed) {
            close(connection);
            return new Attempt(host, null, false, failed);
        }
    }

    private static HostInfo hurried(HostInfo host, int hosts) {
        Map<String, String> properties = new HashMap<>(host.getHostProperties());
        int share = Math.max(LEAST_MILLIS, millis(host, CONNECT_TIMEOUT) / hosts);
        properties.put(CONNECT_TIMEOUT, Integer.toString(share));
        properties.put(SOCKET_TIMEOUT, Integer.toString(share));
        return new HostInfo(host, host.getHost(), host.getPort(), host.getUser(), host.getPassword(), properties);
    }

    private static int millis(HostInfo host, String timeout) {
        return Integer.parseInt(host.getProperty(timeout));
    }

    /** A node that is no member of its cluster now answers even this with an error (1047). */
    private static boolean takesWrites(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ_ONLY)) {
            return row.next() && OFF.contains(row.getString(1)) && OFF.contains(row.getString(2));
        } catch (SQLException failed) {
            if (String.valueOf(failed.getSQLState()).startsWith("08")) {
                throw failed;
            }
            return true; // an engine that does not know the variable
        }
    }

    boolean takesWrites() {
        return takesWrites;
    }

    boolean connected() {
        return connection != null;
    }

    SQLException failure() {
        return failure;
    }

    /** As {@code name:port}. */
    String host() {
        return host.getHost() + ":" + host.getPort();
    }

    /** The connection, with the time for answers that holds from now on. */
    Connection ready() throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, millis(host, SOCKET_TIMEOUT));
            return connection;
        } catch (SQLException gone) {
            close(connection);
            throw gone;
        }
    }

    void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException gone) {
            LOG.debug("a connection that is not used does not close", gone);
        }
    }

    /** Host and reason, without a word of the server's. */
    @Override
    public String toString() {
        return host() + " (" + (failure == null ? "read-only" : reason()) + ")";
    }

    private String reason() {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return "connection refused";
            } else if (cause instanceof SocketTimeoutException) {
                return "no answer";
            } else if (cause instanceof UnknownHostException) {
                return "unknown host";
            }
        }
        return "SQL state " + failure.getSQLState() + ", error " + failure.getErrorCode();
    }
}
