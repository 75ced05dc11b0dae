package dev.persistence.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.ServiceGauge;
import dev.persistence.fault.ServiceProcess;
import dev.persistence.mysql.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service with as many idle connections as it allows: {@code idle.connections}, which the profile {@code
 * long-faults} sets to 10,000. Each end needs a file descriptor a connection.
 */
@Tag("database")
@Timeout(300)
class IdleConnectionsIT {

    private static final int CONNECTIONS = Integer.getInteger("idle.connections", 1000);
    private static final int MOST_BYTES_EACH = 16 * 1024;
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    Path logs;

    @Test
    void idleConnections_leaveTheServiceUsable_andTheFirstTooManyIsRefused() throws Exception {
        List<RawClient> idle = new ArrayList<>();
        try (TestDatabase database = new TestDatabase();
                ServiceProcess service = ServiceProcess.on(database.url(), logs)
                        .with("JAVA_OPTS", "-Xmx256m -XX:NativeMemoryTracking=summary")
                        .with("MAX_CONNECTIONS", Integer.toString(CONNECTIONS))
                        .with("IDLE_TIMEOUT", "10m")
                        .start()) {
            long each = fill(service, idle) / CONNECTIONS;
            System.out.println(CONNECTIONS + " idle connections take " + each + " bytes each");
            assertTrue(each < MOST_BYTES_EACH, each + " bytes a connection");

            ResponseTimes times = new ResponseTimes();
            for (int request = 0; request < 200; request++) {
                RawClient client = idle.get(request * idle.size() / 200);
                long sent = System.nanoTime();
                assertEquals(200, client.send(LIVE).reply().status());
                times.add(System.nanoTime() - sent);
            }
            System.out.println("/health/live over them: " + times);
            try (RawClient surplus = new RawClient(service.port())) {
                RawClient.Reply reply = surplus.reply();
                assertEquals(503, reply.status());
                assertEquals("1", reply.headers().get("retry-after"));
                assertTrue(surplus.ended());
            }
            idle.remove(0).close();
            await().until(() -> {
                try (RawClient next = new RawClient(service.port())) {
                    return next.send(LIVE).reply().status() == 200;
                }
            });
            service.stop();
        } finally {
            for (RawClient client : idle) {
                client.close();
            }
        }
    }

    /**
     * Every connection has sent a request, and then rests.
     *
     * @return the bytes that the service holds for them
     */
    private static long fill(ServiceProcess service, List<RawClient> idle) throws Exception {
        try (ServiceGauge gauge = ServiceGauge.attach(service.pid())) {
            long before = gauge.sample().held();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                RawClient client = new RawClient(service.port());
                idle.add(client);
                assertEquals(200, client.send(LIVE).reply().status());
            }
            return gauge.sample().held() - before;
        }
    }
}
