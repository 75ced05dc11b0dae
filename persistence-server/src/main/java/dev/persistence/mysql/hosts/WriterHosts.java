package dev.persistence.mysql.hosts;

import com.mysql.cj.conf.HostInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Connects to the first host of a URL that answers and takes writes; each connection is to one host as long as it lives.
 * Any thread.
 *
 * <p>The driver's own fail-over is not used: it changes the server behind a connection that goes on to look the same,
 * while the session that the statements rely on is that of the first server; it takes a read-only server for a good one;
 * and it tries dead hosts for half a minute before it says so.
 */
public final class WriterHosts extends PlainDataSource {

    /** Learns where a connection goes. */
    @FunctionalInterface
    public interface Listener {

        /** Whom it does not concern. */
        Listener NONE = (host, passedOver) -> {};

        /**
         * A connection was made.
         *
         * @param host as {@code name:port}
         * @param passedOver the hosts before it, each with the reason
         */
        void connected(String host, List<String> passedOver);
    }

    private final HostUrl url;
    private final Listener listener;

    /**
     * Connects to nothing yet.
     *
     * @param properties among them {@code connectTimeout}, milliseconds for all hosts together, and {@code
     *     socketTimeout}, which holds once a connection is made
     * @throws RuntimeException if the driver does not understand the URL; the message repeats it
     */
    public WriterHosts(String url, Properties properties, Listener listener) {
        this.url = new HostUrl(url, properties);
        this.listener = listener;
    }

    /** Whether a URL may name more than one host; otherwise the driver alone does. */
    public static boolean areIn(String url) {
        return new HostUrl(url, new Properties()).namesSeveral();
    }

    /** @throws SQLException why the first host gave no connection, if none did; the others' reasons are suppressed in it */
    @Override
    public Connection getConnection() throws SQLException {
        List<HostInfo> hosts = url.inOrder();
        List<Attempt> failed = new ArrayList<>();
        for (HostInfo host : hosts) {
            Attempt attempt = Attempt.at(host, hosts.size());
            if (attempt.takesWrites()) {
                failed.forEach(Attempt::close);
                return use(attempt, failed);
            }
            failed.add(attempt);
        }
        return readOnly(failed);
    }

    /** A connection on which every write fails says better what is wrong than none. */
    private Connection readOnly(List<Attempt> failed) throws SQLException {
        for (Attempt attempt : failed) {
            if (attempt.connected()) {
                failed.stream().filter(other -> other != attempt).forEach(Attempt::close);
                return use(attempt, failed);
            }
        }
        SQLException first = failed.get(0).failure();
        failed.stream().skip(1).map(Attempt::failure).forEach(first::addSuppressed);
        throw first;
    }

    private Connection use(Attempt attempt, List<Attempt> passedOver) throws SQLException {
        Connection connection = attempt.ready();
        listener.connected(
                attempt.host(), passedOver.stream().map(Attempt::toString).toList());
        return connection;
    }
}
