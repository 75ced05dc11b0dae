package dev.persistence.mysql;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Creates and migrates the shipped tables. A table that exists already is left as it is. At start only. */
public final class SchemaMigration {

    private static final String HISTORY = "persistence_schema_history";

    private final ConnectionPool pool;

    public SchemaMigration(ConnectionPool pool) {
        this.pool = pool;
    }

    /** What {@link #migrate} would apply, such as {@code V1 sessions and tasks}. Changes nothing. */
    public List<String> pending() {
        try (HikariDataSource source = pool.openForMigration()) {
            return Arrays.stream(flyway(source).info().pending())
                    .map(migration -> "V" + migration.getVersion() + " " + migration.getDescription())
                    .toList();
        } catch (FlywayException failed) {
            throw explain("could not be looked up", failed);
        }
    }

    /**
     * Brings the tables up to date; with several instances at once, one does and the others wait.
     *
     * @return how many migrations were applied
     * @throws SchemaException if that fails; the message says what to do
     */
    public int migrate() {
        if (MigrationHistory.isUpToDate(pool, HISTORY)) {
            return 0; // what Flyway would find too, but it takes a fifth of the start to load it
        }
        try (HikariDataSource source = pool.openForMigration()) {
            return flyway(source).migrate().migrationsExecuted;
        } catch (FlywayException failed) {
            throw explain("failed", failed);
        }
    }

    private Flyway flyway(DataSource source) {
        return Flyway.configure()
                .loggers(FlywayLog.class.getName())
                .dataSource(source)
                .locations("classpath:db/migration")
                .table(HISTORY)
                .placeholders(Map.of("exact-collation", pool.server().dialect().exactCollation()))
                .baselineOnMigrate(true) // a database that holds other tables is welcome
                .baselineVersion("0")
                .createSchemas(false)
                .cleanDisabled(true)
                .load();
    }

    private static SchemaException explain(String what, FlywayException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return new SchemaException(
                        "The migration of the tables " + what + ": "
                                + SqlFailure.of(sql).reason()
                                + ". Let the database user create and alter tables, or create them yourself and set"
                                + " database.migrate = false",
                        failed);
            }
        }
        return new SchemaException("The migration of the tables " + what + ": " + failed.getMessage(), failed);
    }
}
