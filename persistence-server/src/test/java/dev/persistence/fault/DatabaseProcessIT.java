package dev.persistence.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The database processes do what the fault tests rely on. */
class DatabaseProcessIT {

    static List<DatabaseProduct> products() {
        return DatabaseProduct.available();
    }

    @ParameterizedTest
    @MethodSource("products")
    void killedServer_startsAgainWithItsData(DatabaseProduct product) {
        DatabaseProcess server = DatabaseProcess.shared(product);
        String database = server.createDatabase();
        server.execute(
                "CREATE TABLE " + database + ".t (a INT PRIMARY KEY)", "INSERT INTO " + database + ".t VALUES (1)");
        long before = server.pid();
        server.kill();
        assertThrows(SQLException.class, () -> server.connect("").close());

        server.restart();

        assertNotEquals(before, server.pid());
        assertEquals(List.of("1"), server.rows("SELECT a FROM " + database + ".t"));
    }

    @ParameterizedTest
    @MethodSource("products")
    void pausedServer_doesNotAnswerUntilItGoesOn(DatabaseProduct product) {
        DatabaseProcess server = DatabaseProcess.shared(product);
        server.pause();
        assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(server.url("") + "&socketTimeout=100")
                        .close());

        server.resume();

        assertEquals(List.of("1"), server.rows("SELECT 1"));
    }
}
