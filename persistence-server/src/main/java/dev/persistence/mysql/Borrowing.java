package dev.persistence.mysql;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How long a connection of the pool is waited for. The first time long enough for a restart of the database; after that
 * it is known to be away, and who waits for a batch is to hear soon that it is lost. Any thread.
 */
final class Borrowing {

    static final Duration PATIENT = Duration.ofSeconds(5);

    private static final Duration AWAY = Duration.ofSeconds(1);

    private final HikariDataSource source;
    private volatile boolean away; // whether the last call waited in vain

    Borrowing(HikariDataSource source) {
        this.source = source;
    }

    Connection connection() throws SQLException {
        try {
            Connection connection = away ? fromServerThatWasAway() : borrow(PATIENT);
            away = false;
            return connection;
        } catch (SQLException noConnection) {
            away = true;
            throw noConnection;
        }
    }

    /** The pool looks for a server only every five seconds after a while; so when it is back, that is found out here. */
    private Connection fromServerThatWasAway() throws SQLException {
        try {
            return borrow(AWAY);
        } catch (SQLException noConnection) {
            if (!isBack()) {
                throw noConnection;
            }
            return borrow(PATIENT.plus(AWAY));
        }
    }

    /**
     * The pool's own setting cannot serve for this: it is read anew every half minute only, and is also the time that
     * logging in may take.
     */
    private Connection borrow(Duration patience) throws SQLException {
        return source.getHikariPoolMXBean() instanceof HikariPool pool
                ? pool.getConnection(patience.toMillis())
                : source.getConnection();
    }

    private boolean isBack() {
        try (Connection tried = Opening.alone(source, AWAY)) {
            return tried.isValid(1);
        } catch (SQLException stillAway) {
            return false;
        }
    }
}
