package dev.persistence;

import dev.persistence.mysql.ConnectionPool;
import dev.persistence.mysql.SchemaCheck;
import dev.persistence.mysql.SchemaMigration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code --check} finds in the database. */
final class SchemaReport {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaReport.class);

    private SchemaReport() {}

    /**
     * Connects, looks, and says what it sees.
     *
     * @return the exit code 0; what cannot be used is an exception that says so
     */
    static int of(ServerConfig config) throws Exception {
        try (ConnectionPool pool = ConnectionPool.open(config.database())) {
            LOG.info("Database: {}", pool.server().description());
            List<String> pending = config.database().migrate() ? new SchemaMigration(pool).pending() : List.of();
            if (!pending.isEmpty()) {
                LOG.info(
                        "The next start will first apply: {}. Tables are checked after that",
                        String.join(", ", pending));
                return 0;
            }
            SchemaCheck.Result checked = new SchemaCheck(pool).check(config.types());
            checked.warnings().forEach(warning -> LOG.warn("Narrower than declared: {}", warning));
            LOG.info("Settings, record types, connection and tables can be used");
            return 0;
        }
    }
}
