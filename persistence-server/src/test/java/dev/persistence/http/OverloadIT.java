package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fault.ServiceProcess;
import dev.persistence.mysql.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service with a small heap, offered many times what its database takes. For {@code overload.seconds}; the
 * profile {@code long-faults} sets a minute, and holds {@code /health} and {@code /stats} to their response times.
 */
@Tag("database")
@Timeout(300)
class OverloadIT {

    private static final int SECONDS = Integer.getInteger("overload.seconds", 4);
    private static final boolean LONG = SECONDS >= 60;

    /** The database's capacity, set by a trigger that sleeps a millisecond a row. */
    private static final int ROWS_A_SECOND = 1000;

    private static final int LANES = 8;
    private static final int RECORDS = 100;
    private static final int MIB = 1 << 20;
    private static final String HEAP = "-Xmx256m -XX:MaxDirectMemorySize=64m";

    /** Heap, direct memory twice (the library's and Java's own), and what a JVM needs besides: classes, code, stacks. */
    private static final long MOST_RESIDENT = (256L + 2 * 64 + 200) * MIB;

    @TempDir
    Path logs;

    private final TestDatabase database = new TestDatabase();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void close() {
        clients.shutdownNow();
        database.close();
    }

    @Test
    void twentyTimesTheCapacity_isRefusedInOrder_andWhatWasAcceptedIsWritten() throws Exception {
        try (ServiceProcess service = start(Map.of("RING_SIZE", "2048"))) {
            database.execute("CREATE TRIGGER slow BEFORE INSERT ON translation_tasks FOR EACH ROW DO SLEEP("
                    + 1.0 / ROWS_A_SECOND + ")");
            Future<ResponseTimes> health = probe(service, "/health");
            Future<ResponseTimes> stats = probe(service, "/api/v1/persistence/stats");
            List<Lane> lanes = new ArrayList<>();
            List<Future<?>> ends = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                Lane next = new Lane(service, "l" + lane, 20 * ROWS_A_SECOND / RECORDS / LANES);
                lanes.add(next);
                ends.add(clients.submit(next));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            over.set(true);
            report("/health", health.get());
            report("/stats", stats.get());
            flush(service);

            TreeSet<String> accepted = new TreeSet<>();
            lanes.forEach(lane -> accepted.addAll(lane.accepted));
            assertEquals(accepted, new TreeSet<>(writtenRequests()), "whole requests, those that were accepted");
            report(lanes);
            System.out.println("peak resident " + service.peakResidentBytes() / MIB + " MiB");
            assertTrue(service.peakResidentBytes() < MOST_RESIDENT, service.peakResidentBytes() + " bytes");
            service.stop();
        }
    }

    @Test
    void slowLargeBodies_leaveRoomForSmallOnes() throws Exception {
        try (ServiceProcess service = start(Map.of());
                RawClient small = new RawClient(service.port())) {
            List<RawClient> slow = new ArrayList<>();
            byte[] piece = " ".repeat(MIB).getBytes(StandardCharsets.US_ASCII);
            for (int connection = 0; connection < 60; connection++) {
                slow.add(new RawClient(service.port()).send(head("Content-Length: " + 10 * MIB)));
            }
            for (int round = 0; round < 9; round++) {
                for (RawClient connection : slow) {
                    connection.send(piece);
                }
                small.send(batch("small-" + round, 1));
                assertEquals(202, small.reply().status());
                small.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
                assertEquals(200, small.reply().status());
            }
            int refused = 0;
            for (RawClient connection : slow) {
                int status = connection.send(piece).reply().status();
                assertTrue(status == 503 || status == 400, "refused for want of memory, or not JSON: " + status);
                refused += status == 503 ? 1 : 0;
                connection.close();
            }
            System.out.println(refused + " of 60 slow bodies of 10 MiB refused; peak resident "
                    + service.peakResidentBytes() / MIB + " MiB");
            assertTrue(refused >= 57, "an eighth of this heap holds three of them");
            assertTrue(service.peakResidentBytes() < MOST_RESIDENT, service.peakResidentBytes() + " bytes");
            small.send(head("Content-Length: " + 10 * MIB) + "{\"tasks\":[]}" + " ".repeat(10 * MIB - 12));
            assertEquals(202, small.reply().status(), "their memory is given back");
            service.stop();
        }
    }

    /** One connection that sends so many requests a second, whatever becomes of them. */
    private static final class Lane implements Runnable {

        private final ServiceProcess service;
        private final String name;
        private final long pauseNanos;

        // Owned by the lane's thread until it ends.
        final List<String> accepted = new ArrayList<>();
        final TreeMap<Integer, Integer> retryAfter = new TreeMap<>();
        final ResponseTimes refusals = new ResponseTimes();

        Lane(ServiceProcess service, String name, int requestsASecond) {
            this.service = service;
            this.name = name;
            this.pauseNanos = 1_000_000_000L / requestsASecond;
        }

        @Override
        public void run() {
            try (RawClient client = new RawClient(service.port())) {
                long start = System.nanoTime();
                for (int request = 0;
                        System.nanoTime() - start < Duration.ofSeconds(SECONDS).toNanos();
                        request++) {
                    LockSupport.parkNanos(start + request * pauseNanos - System.nanoTime());
                    String id = name + "." + request;
                    long sent = System.nanoTime();
                    RawClient.Reply reply = client.send(batch(id, RECORDS)).reply();
                    if (reply.status() == 202) {
                        accepted.add(id);
                    } else {
                        assertEquals(503, reply.status(), reply.body());
                        refusals.add(System.nanoTime() - sent);
                        int seconds = Integer.parseInt(reply.headers().get("retry-after"));
                        assertTrue(seconds >= 1 && seconds <= 60, "Retry-After: " + seconds);
                        retryAfter.merge(seconds, 1, Integer::sum);
                    }
                    assertTrue(!reply.closes(), "the connection goes on");
                }
            }
        }
    }

    private ServiceProcess start(Map<String, String> settings) {
        ServiceProcess.Setup setup = ServiceProcess.on(database.url(), logs).with("JAVA_OPTS", HEAP);
        settings.forEach(setup::with);
        return setup.start();
    }

    private Future<ResponseTimes> probe(ServiceProcess service, String path) {
        return clients.submit(() -> {
            ResponseTimes times = new ResponseTimes();
            try (RawClient client = new RawClient(service.port())) {
                ask(client, path); // not counted: the first answer of a JVM loads its classes
                while (!over.get()) {
                    long sent = System.nanoTime();
                    ask(client, path);
                    times.add(System.nanoTime() - sent);
                    LockSupport.parkNanos(20_000_000);
                }
            }
            return times;
        });
    }

    private static void ask(RawClient client, String path) {
        RawClient.Reply reply =
                client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").reply();
        assertEquals(200, reply.status(), reply.body());
    }

    private static void flush(ServiceProcess service) {
        try (RawClient client = new RawClient(service.port())) {
            int status = 504;
            while (status == 504) {
                client.send("POST " + Station.FLUSH + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                status = client.reply().status();
            }
            assertEquals(200, status);
        }
    }

    /** The requests of which every record is in the table; any other row has its count as well. */
    private List<String> writtenRequests() {
        return database
                .rows("SELECT SUBSTRING_INDEX(task_id, '-', 1), COUNT(*) FROM translation_tasks"
                        + " GROUP BY SUBSTRING_INDEX(task_id, '-', 1)")
                .stream()
                .map(row -> row.replace("|" + RECORDS, ""))
                .toList();
    }

    private static void report(String path, ResponseTimes times) {
        System.out.println(path + " at overload: " + times);
        if (LONG) {
            assertTrue(times.millis(0.99) < 50, path + ": " + times);
        }
    }

    private static void report(List<Lane> lanes) {
        ResponseTimes refusals = new ResponseTimes();
        TreeMap<Integer, Integer> retryAfter = new TreeMap<>();
        int accepted = 0;
        for (Lane lane : lanes) {
            accepted += lane.accepted.size();
            refusals.addAll(lane.refusals);
            lane.retryAfter.forEach((seconds, count) -> retryAfter.merge(seconds, count, Integer::sum));
        }
        System.out.println(accepted + " requests of " + RECORDS + " accepted in " + SECONDS + " s; refused: " + refusals
                + "; Retry-After: " + retryAfter);
        assertTrue(refusals.count() > accepted, "it was overloaded");
    }

    private static String batch(String prefix, int records) {
        StringBuilder body = new StringBuilder("{\"tasks\":[");
        String text = "x".repeat(200);
        for (int record = 0; record < records; record++) {
            body.append(record == 0 ? "" : ",")
                    .append("{\"task_id\":\"")
                    .append(prefix)
                    .append('-')
                    .append(record)
                    .append("\",\"session_id\":\"s\",\"batch_id\":\"b\",\"sheet_name\":\"sheet\",\"row_index\":1,")
                    .append("\"column_name\":\"c\",\"source_text\":\"")
                    .append(text)
                    .append("\",\"target_text\":\"")
                    .append(text)
                    .append("\",\"status\":\"pending\"}");
        }
        body.append("]}");
        return head("Content-Length: " + body.length()) + body;
    }

    private static String head(String headers) {
        return "POST " + Station.TASKS + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n";
    }
}
