package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.persistence.http.security.Token;
import dev.persistence.mysql.TestDatabase;
import dev.persistence.settings.Settings;
import dev.persistence.settings.SettingsException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Neither a secret nor what clients send is ever in a log (ours at DEBUG, the libraries' at INFO), a metric or JMX. */
@Tag("database")
class SecretsIT {

    private static final String PASSWORD = "Passw0rd-s3cret";
    private static final String TOKEN = "token-s3cret";
    private static final String TEXT = "client-s3cret";
    private static final String MARK = "s3cret";

    private final TestDatabase database = new TestDatabase();
    private final String user = "s" + database.name().replaceFirst(".*_(\\d+_\\d+)$", "$1");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void listen() {
        try {
            database.execute(
                    "CREATE USER '" + user + "'@'%' IDENTIFIED BY '" + PASSWORD + "'",
                    "GRANT ALL ON `" + database.name() + "`.* TO '" + user + "'@'%'");
        } catch (IllegalStateException refused) {
            assumeTrue(false, "the user of database.url may not create users: " + refused.getCause());
        }
        log.start();
        root().addAppender(log);
        root().setLevel(Level.INFO);
        ours().setLevel(Level.DEBUG);
    }

    @AfterEach
    void close() {
        root().detachAppender(log);
        root().setLevel(Level.WARN);
        ours().setLevel(Level.INFO);
        database.execute("DROP USER IF EXISTS '" + user + "'@'%'");
        database.close();
    }

    private static Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static Logger ours() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("dev.persistence");
    }

    @Test
    void refusalsAndFailuresOfAllKinds_sayNothingThatWasSent() throws Exception {
        String entry = Token.of("client", "write+flush+read", TOKEN).entry();
        try (RunningService service =
                RunningService.start(database, "database.url=" + url(), "service.tokens=" + entry)) {
            refuseAtTheDoor(service);
            refuseInTheDatabase(service);
            loseABatch(service);
            assertEquals(200, send(service, "GET", "/api/v1/persistence/stats", "", TOKEN));
            assertClean(jmx(), "JMX");
            assertClean(metrics(service), "GET /metrics");
        }
        assertClean(logged(), "the log");
        assertTrue(logged().contains("flush"), "the log was heard at DEBUG");
    }

    private void refuseAtTheDoor(RunningService service) throws Exception {
        String tasks = "/api/v1/persistence/tasks/batch";
        assertEquals(401, send(service, "POST", tasks, TEXT, "wrong-" + MARK));
        assertEquals(404, send(service, "POST", "/" + TEXT, TEXT, TOKEN));
        assertEquals(404, send(service, "POST", "/api/v1/persistence/" + TEXT + "/batch", TEXT, TOKEN));
        assertEquals(405, send(service, "PUT", tasks, TEXT, TOKEN));
        assertEquals(400, send(service, "POST", tasks + "?" + TEXT + "=1", TEXT, TOKEN));
        assertEquals(400, send(service, "POST", tasks, TEXT, TOKEN));
        assertEquals(400, send(service, "POST", tasks, "{\"tasks\":[{\"source_text\":\"" + TEXT, TOKEN));
        assertEquals(422, send(service, "POST", tasks, "{\"tasks\":[{\"" + TEXT + "\":\"" + TEXT + "\"}]}", TOKEN));
        assertEquals(
                422,
                send(service, "POST", tasks, "{\"tasks\":[{\"row_index\":\"" + TEXT + "\",\"task_id\":1}]}", TOKEN));
    }

    private void refuseInTheDatabase(RunningService service) throws Exception {
        database.execute(
                "ALTER TABLE translation_tasks ADD CONSTRAINT c CHECK (status <> 'bad')",
                "CREATE TRIGGER t BEFORE INSERT ON translation_tasks FOR EACH ROW BEGIN IF NEW.status = 'no' THEN"
                        + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = NEW.batch_id; END IF; END");
        assertEquals(422, write(service, Client.task("t-1", "status", "bad", "source_text", TEXT)));
        assertEquals(422, write(service, Client.task("t-2", "status", "no", "batch_id", TEXT)));
        assertEquals(200, write(service, Client.task("t-3", "sheet_name", TEXT)));
    }

    private void loseABatch(RunningService service) throws Exception {
        database.execute("ALTER TABLE translation_tasks DROP COLUMN context");
        assertEquals(503, write(service, Client.task("t-4", "context", TEXT)));
        database.execute("DROP TABLE translation_tasks");
        assertEquals(503, write(service, Client.task("t-5", "source_text", TEXT)));
    }

    private int write(RunningService service, Map<String, Object> task) throws Exception {
        String body = JsonTree.write(Map.of("tasks", List.of(task)));
        return send(service, "POST", "/api/v1/persistence/tasks/batch?ack=written", body, TOKEN);
    }

    private String metrics(RunningService service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.uri("/metrics"))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private int send(RunningService service, String method, String path, String body, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.uri("/") + path.substring(1)))
                .header("Authorization", "Bearer " + token)
                .header("X-Other", TEXT)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://127.0.0.1:1/x?user=u&password=s3cret",
                "jdbc:mysql://u:s3cret@127.0.0.1:1/x",
                "jdbc:mysql://u:s3cret@[bad/x",
                "jdbc:mysql:s3cret",
                "jdbc:mysql://u:s3cret@host:port/x",
                "jdbc:mysql://(host=127.0.0.1,port=1,user=u,password=s3cret)/x",
                "jdbc:mysql://127.0.0.1:1/x?password=s3cret&useSSL=perhaps",
                "jdbc:mysql://127.0.0.1:1/x?user=u&password=s3cret&connectTimeout=s3cret"
            })
    void urlThatCannotBeUsed_keepsItsSecretsToItself(String url) {
        try {
            assertEquals(1, RunningService.failToStart(url));
        } catch (SettingsException refusedBefore) {
            assertClean(refusedBefore.getMessage(), "the message");
        }
        assertClean(logged(), "the log");
    }

    @Test
    void wrongPassword_isNotSaid() {
        assertEquals(1, RunningService.failToStart(url().replace(PASSWORD, "wrong-" + MARK)));
        assertClean(logged(), "the log");
    }

    @Test
    void effectiveSettings_areMasked() {
        String entry = Token.of("client", "read", TOKEN).entry();
        List<String> lines = Settings.load(
                        Optional.empty(), Map.of("DB_URL", url(), "DB_PASSWORD", PASSWORD, "TOKENS", entry), List.of())
                .effective();
        assertClean(String.join("\n", lines), "the settings");
        assertTrue(lines.toString().contains("tokens = ***"), lines::toString);
    }

    private String logged() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent event : List.copyOf(log.list)) {
            text.append(event.getLoggerName())
                    .append(' ')
                    .append(event.getFormattedMessage())
                    .append('\n');
            if (event.getThrowableProxy() != null) {
                text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** All names and values of our domain, and the names of all others. */
    private static String jmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder text = new StringBuilder();
        Set<ObjectName> names = server.queryNames(null, null);
        for (ObjectName name : names) {
            text.append(name).append('\n');
            if (name.getDomain().equals("persistence")) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    text.append(server.getAttribute(name, attribute.getName())).append('\n');
                }
            }
        }
        return text.toString();
    }

    private static void assertClean(String text, String where) {
        text.lines()
                .forEach(line ->
                        assertFalse(line.toLowerCase(Locale.ROOT).contains(MARK), () -> where + " says: " + line));
    }

    private String url() {
        return database.url().replaceFirst("\\?.*", "") + "?user=" + user + "&password=" + PASSWORD;
    }
}
