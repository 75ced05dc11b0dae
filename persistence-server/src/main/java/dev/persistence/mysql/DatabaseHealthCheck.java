package dev.persistence.mysql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.persistence.mysql.hosts.WriterHosts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks the database whether it answers, over a connection and a thread of its own ({@code database-health}). At most one
 * check is under way, and whoever asks meanwhile shares it: a database that hangs piles nothing up. Any thread.
 */
public final class DatabaseHealthCheck implements AutoCloseable {

    private static final int ANSWER_MILLIS = 2_000; // callers give up after 1 s; this frees the thread

    private final HikariDataSource source;
    private final ExecutorService thread;
    private final AtomicReference<CompletableFuture<Boolean>> underWay = new AtomicReference<>();

    public DatabaseHealthCheck(DatabaseSettings settings) {
        HikariConfig config = ConnectionPool.configuration(settings);
        config.setPoolName("database-health");
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(0); // connects only when asked
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(ANSWER_MILLIS);
        config.setValidationTimeout(1_000);
        config.addDataSourceProperty("connectTimeout", Integer.toString(ANSWER_MILLIS));
        config.addDataSourceProperty("socketTimeout", Integer.toString(ANSWER_MILLIS));
        this.source = Opening.pool(config, WriterHosts.Listener.NONE);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread named = new Thread(task, "database-health");
            named.setDaemon(true);
            return named;
        });
    }

    /**
     * Completes with whether the database answered; never fails. Returns at once. What depends on the stage runs on the
     * thread {@code database-health} and must not block it.
     */
    public CompletionStage<Boolean> check() {
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> other = underWay.compareAndExchange(null, own);
        if (other != null) {
            return other.minimalCompletionStage();
        }
        try {
            thread.execute(() -> end(own, answers()));
        } catch (RejectedExecutionException closed) {
            end(own, false);
        }
        return own.minimalCompletionStage();
    }

    private void end(CompletableFuture<Boolean> check, boolean answered) {
        underWay.set(null); // first: whoever asks from now on gets a new answer
        check.complete(answered);
    }

    private boolean answers() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1"); // the node of a cluster that has lost the others answers pings only
        } catch (SQLException | RuntimeException unreachable) {
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        ConnectionPool.close(source);
    }
}
