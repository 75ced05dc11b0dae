package dev.persistence.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {

    @TempDir
    private Path folder;

    @Test
    void server_isSetUpAsTheServiceNeedsIt() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Optional.of(folder))) {
            assertEquals("utf8mb4", ask(database, "SELECT @@character_set_database"));
            assertEquals("+00:00", ask(database, "SELECT @@time_zone"));
            assertEquals("127.0.0.1", ask(database, "SELECT @@bind_address"));
            assertEquals("1", ask(database, "SELECT @@innodb_flush_log_at_trx_commit"));
            assertEquals("67108864", ask(database, "SELECT @@max_allowed_packet"));
            assertEquals("0", ask(database, "SELECT @@performance_schema"));
        }
    }

    @Test
    void rootWithoutPassword_isNotLetIn() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Optional.of(folder))) {
            assertThrows(
                    SQLException.class,
                    () -> DriverManager.getConnection(url(database), "root", "").close());
        }
    }

    @Test
    void namedFolder_keepsItsDataForTheNextStart() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Optional.of(folder))) {
            execute(database, "CREATE TABLE kept (id INT PRIMARY KEY)");
            execute(database, "INSERT INTO kept VALUES (42)");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Optional.of(folder))) {
            assertEquals("42", ask(database, "SELECT id FROM kept"));
        }
    }

    @Test
    void folderThatCannotTakeItsFiles_isSaidInOneLine() throws IOException {
        Files.createFile(folder.resolve("tmp")); // where a folder is to be

        EmbeddedDatabaseException failure =
                assertThrows(EmbeddedDatabaseException.class, () -> EmbeddedDatabase.start(Optional.of(folder)));

        assertTrue(failure.getMessage().contains(folder.resolve("tmp").toString()), failure::getMessage);
    }

    @Test
    void temporaryFolder_isGoneAfterTheClose() throws SQLException {
        Path data;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Optional.empty())) {
            data = Path.of(ask(database, "SELECT @@datadir"));
            assertTrue(Files.exists(data));
        }
        assertFalse(Files.exists(data.getParent()));
    }

    @Test
    void folderInUse_isRefusedByName() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Optional.of(folder))) {
            assertTrue(database.port() > 0);
            assertEquals(
                    "another running service uses the folder " + folder
                            + " for its embedded database; stop it, or name another folder",
                    assertThrows(EmbeddedDatabaseException.class, () -> EmbeddedDatabase.start(Optional.of(folder)))
                            .getMessage());
        }
    }

    @Test
    void unusableData_isExplainedByTheServersOwnLog() throws IOException {
        Files.createDirectories(folder.resolve("data"));

        String message = assertThrows(
                        EmbeddedDatabaseException.class, () -> EmbeddedDatabase.start(Optional.of(folder)))
                .getMessage();

        assertTrue(message.startsWith("the embedded database did not start. The end of " + folder), message);
        assertTrue(message.contains("ERROR"), message);
    }

    @Test
    void killedParent_leavesNoServerBehind() throws IOException, InterruptedException {
        Process parent = startChildJvm("-Dembedded=named", folder.toString());
        ProcessHandle server = serverPrintedBy(parent);
        assertTrue(server.isAlive());

        parent.destroyForcibly().waitFor();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive());
    }

    @Test
    void killedParent_leavesNoTemporaryFolderBehind() throws IOException, InterruptedException {
        Process parent = startChildJvm("-Djava.io.tmpdir=" + folder, "");
        assertTrue(serverPrintedBy(parent).isAlive());

        parent.destroyForcibly().waitFor();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> noneLeftIn(folder));
    }

    @Test
    void interruptFromTheTerminal_leavesTheServerRunning() throws IOException, InterruptedException {
        Process parent = startChildJvm("-Dembedded=named", folder.toString());
        try {
            ProcessHandle server = serverPrintedBy(parent);
            for (ProcessHandle each : parent.descendants().toList()) {
                new ProcessBuilder("kill", "-INT", String.valueOf(each.pid()))
                        .start()
                        .waitFor();
            }
            parent.getOutputStream().write('\n'); // now it asks the server once more, and ends
            parent.getOutputStream().flush();

            assertEquals(0, parent.waitFor());
            assertFalse(server.isAlive());
        } finally {
            parent.destroyForcibly();
        }
    }

    private static boolean noneLeftIn(Path temporary) throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            return left.noneMatch(each -> each.getFileName().toString().matches("persistence-[0-9]+"));
        }
    }

    private Process startChildJvm(String option, String dataDir) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        dataDir))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static ProcessHandle serverPrintedBy(Process parent) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        long pid = Long.parseLong(out.readLine());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Starts a database, prints the server's process id, waits for a line, asks the database again and closes it. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException, SQLException {
            Optional<Path> folder =
                    Optional.of(arguments[0]).filter(named -> !named.isEmpty()).map(Path::of);
            try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
                Path pidFile = Path.of(ask(database, "SELECT @@datadir")).resolve(ask(database, "SELECT @@pid_file"));
                System.out.println(Files.readString(pidFile).strip());
                if (System.in.read() == '\n') {
                    ask(database, "SELECT 1");
                }
            }
        }
    }

    private static String url(EmbeddedDatabase database) {
        return "jdbc:mysql://" + database.host() + ":" + database.port() + "/" + database.databaseName();
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(url(database), database.user(), database.password());
    }
}
