package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.mysql.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole service under exactly the grants that the README names, and no others. */
@Tag("database")
class LeastPrivilegeIT {

    private static final String PASSWORD = "a-Passw0rd";

    /** For a service that creates and migrates the shipped tables. */
    private static final String WITH_MIGRATION = "SELECT, INSERT, UPDATE, CREATE";

    /** For one with {@code database.migrate = false}, on each table of a record type. */
    private static final String WITHOUT_MIGRATION = "SELECT, INSERT, UPDATE";

    private final TestDatabase database = new TestDatabase();
    private final String user = "u" + database.name().replaceFirst(".*_(\\d+_\\d+)$", "$1");

    @BeforeEach
    void createUser() {
        try {
            database.execute("CREATE USER '" + user + "'@'%' IDENTIFIED BY '" + PASSWORD + "'");
        } catch (IllegalStateException refused) {
            assumeTrue(false, "the user of database.url may not create users: " + refused.getCause());
        }
    }

    @AfterEach
    void close() {
        database.execute("DROP USER IF EXISTS '" + user + "'@'%'");
        database.close();
    }

    @Test
    void withMigration_theServiceDoesAllItsWork() throws Exception {
        database.execute("GRANT " + WITH_MIGRATION + " ON `" + database.name() + "`.* TO '" + user + "'@'%'");

        assertEquals(0, check());
        doAllWork();
        assertEquals(0, check());
        doAllWork(); // a second start, which finds the tables
    }

    @Test
    void withoutMigration_theServiceDoesAllItsWork() throws Exception {
        RunningService.start(database).close(); // somebody else made the tables
        for (String table : List.of("translation_sessions", "translation_tasks")) {
            database.execute("GRANT " + WITHOUT_MIGRATION + " ON `" + database.name() + "`.`" + table + "` TO '" + user
                    + "'@'%'");
        }

        assertEquals(0, check("--set", "database.migrate=false"));
        doAllWork("database.migrate=false");
    }

    private void doAllWork(String... settings) throws Exception {
        String[] all = new String[settings.length + 1];
        all[0] = "database.url=" + url();
        System.arraycopy(settings, 0, all, 1, settings.length);
        try (RunningService service = RunningService.start(database, all)) {
            Client client = new Client(service);
            assertEquals(202, client.send("sessions", Client.session("s-1")).status());
            assertEquals(202, client.send("tasks", Client.task("t-1")).status());
            assertEquals(200, client.flush().status());
            assertEquals(
                    200,
                    client.write("tasks", Client.task("t-1", "status", "done")).status());
            assertEquals(200, client.stats().status());
            assertEquals(200, client.get("/health").status());
            assertEquals(0, service.stop());
        }
        assertEquals(List.of("done"), database.rows("SELECT status FROM translation_tasks"));
    }

    private int check(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return PersistenceServer.commandLine(Map.of("DB_URL", url())).execute(all);
    }

    private String url() {
        return database.url().replaceFirst("\\?.*", "") + "?user=" + user + "&password=" + PASSWORD;
    }
}
