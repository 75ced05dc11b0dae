package dev.persistence.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.Client;
import dev.persistence.fault.FreePort;
import dev.persistence.fault.ServiceProcess;
import dev.persistence.jmx.Registration;
import dev.persistence.jmx.ServiceMXBean;
import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service read over JMX from outside its process, as VisualVM and jconsole do. */
@Tag("database")
class RemoteJmxIT {

    private static final String READER = "reader";
    private static final String OPERATOR = "operator";
    private static final String PASSWORD = "correct-horse";

    private final TestDatabase database = new TestDatabase();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        database.close();
    }

    private ServiceProcess.Setup service() {
        return ServiceProcess.on(database.url(), folder);
    }

    /** The options of docs/operate.md, without TLS. */
    private String options(int port) throws IOException {
        return String.join(
                " ",
                "-Dcom.sun.management.jmxremote.port=" + port,
                "-Dcom.sun.management.jmxremote.rmi.port=" + port,
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-Dcom.sun.management.jmxremote.authenticate=true",
                "-Dcom.sun.management.jmxremote.password.file="
                        + file("passwords", READER + " " + PASSWORD + "\n" + OPERATOR + " " + PASSWORD + "\n"),
                "-Dcom.sun.management.jmxremote.access.file="
                        + file("access", READER + " readonly\n" + OPERATOR + " readwrite\n"));
    }

    private Path file(String name, String text) throws IOException {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    @SuppressWarnings("BanJNDI") // the address is a process's that this test started
    private static JMXConnector connect(int port, String user, String password) throws IOException {
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
        return JMXConnectorFactory.connect(url, Map.of(JMXConnector.CREDENTIALS, new String[] {user, password}));
    }

    private static ServiceMXBean bean(MBeanServerConnection beans) throws Exception {
        return JMX.newMXBeanProxy(beans, new ObjectName(Registration.NAME), ServiceMXBean.class);
    }

    @Test
    void figuresAndFlush_overARemoteConnection() throws Exception {
        int port = FreePort.find();
        try (ServiceProcess service = service().with("JAVA_OPTS", options(port)).start()) {
            Client client = new Client(service.port());
            client.send("sessions", Client.session("s-1"));
            client.send("tasks", List.of(Client.task("t-1"), Client.task("t-2")));

            try (JMXConnector connector = connect(port, OPERATOR, PASSWORD)) {
                MBeanServerConnection beans = connector.getMBeanServerConnection();
                assertEquals(3, bean(beans).getUnwrittenRecords());

                String flushed = bean(beans).flush();

                assertTrue(
                        flushed.matches("flushed: sessions 1 written, tasks 2 written, 0 refused, \\d+ ms"), flushed);
                assertEquals(0, bean(beans).getUnwrittenRecords());
                assertEquals(2L, value(beans, "type=records,name=written,record=tasks", "Count"));
                assertEquals(1L, value(beans, "type=flush,name=count,reason=request", "Count"));
                assertTrue(
                        (double) value(beans, "type=http,name=response-time,route=batch.tasks", "99thPercentile") > 0);
            }
            assertEquals(
                    List.of("t-1", "t-2"), database.rows("SELECT task_id FROM translation_tasks ORDER BY task_id"));
            assertStrangersAreRefused(port);
            service.stop();
        }
    }

    private static Object value(MBeanServerConnection beans, String name, String attribute) throws Exception {
        return beans.getAttribute(new ObjectName("persistence:" + name), attribute);
    }

    private static void assertStrangersAreRefused(int port) throws Exception {
        assertThrows(SecurityException.class, () -> connect(port, OPERATOR, "wrong"));
        assertThrows(SecurityException.class, () -> connect(port, "nobody", PASSWORD));
        try (JMXConnector connector = connect(port, READER, PASSWORD)) {
            ServiceMXBean seen = bean(connector.getMBeanServerConnection());
            assertEquals(0, seen.getRecordsLost());
            assertThrows(SecurityException.class, seen::flush);
        }
    }

    @Test
    void withoutTheOptions_onlyTheServicesOwnPortListens() throws Exception {
        try (ServiceProcess service = service().start()) {
            assertEquals(List.of(service.port()), Listeners.of(service.pid()));
        }
    }
}
