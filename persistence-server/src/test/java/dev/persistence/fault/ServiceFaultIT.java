package dev.persistence.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of records when something happens to the packaged service's process or to the system that it runs on. */
@Timeout(180)
class ServiceFaultIT {

    private static final Path FAKE_TIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    private static final Duration END = Duration.ofSeconds(60);

    private final DatabaseProcess server = DatabaseProcess.shared(DatabaseProduct.MARIADB);
    private final String database = server.createDatabase();

    @TempDir
    Path folder;

    private ServiceProcess.Setup setup() {
        return ServiceProcess.on(server.url(database), folder).in(folder);
    }

    /** Each is a moment, counted from the begin of the load; the same again for the same seed. */
    private static IntStream moments(int inTheSuite) {
        boolean all = "all".equals(System.getProperty("faults"));
        return new Random(Long.getLong("faults.seed", 4)).ints(all ? 30 : inTheSuite, 20, 1500);
    }

    static IntStream momentsOfTerm() {
        return moments(1); // ServiceProcessIT has one more
    }

    static IntStream momentsOfKill() {
        return moments(2);
    }

    @ParameterizedTest
    @MethodSource("momentsOfTerm")
    void sigtermUnderLoad_writesEverythingAcceptedAndExitsWith0(int millis) throws Exception {
        try (ServiceProcess service = setup().start();
                SteadyLoad load = new SteadyLoad(service.port())) {
            Thread.sleep(millis); // the moment is what this test is about
            service.term();

            assertEquals(0, service.exitCode(END), service::text);
            load.assertKept(server, database, true);
        }
    }

    @ParameterizedTest
    @MethodSource("momentsOfKill")
    void sigkillUnderLoad_keepsEverythingWrittenAndWholeFlushes(int millis) throws Exception {
        try (ServiceProcess service = setup().with("MAX_BUFFER_SIZE", "100").start();
                SteadyLoad load = new SteadyLoad(service.port())) {
            Thread.sleep(millis); // the moment is what this test is about
            service.kill();

            load.assertKept(server, database, false);
        }
    }

    @Test
    void diskOfTheLogsIsFull_serviceGoesOn() throws Exception {
        Files.createSymbolicLink(folder.resolve("persistence.log"), Path.of("/dev/full"));
        try (ServiceProcess service = setup().start()) {
            Client client = new Client(service.port());
            assertEquals(200, client.write("tasks", Client.task("t-1")).status());
            server.execute("RENAME TABLE " + database + ".translation_tasks TO " + database + ".elsewhere");
            assertEquals(503, client.write("tasks", Client.task("t-2")).status()); // has an ERROR to log
            server.execute("RENAME TABLE " + database + ".elsewhere TO " + database + ".translation_tasks");
            assertEquals(200, client.write("tasks", Client.task("t-3")).status());
            service.term();

            assertEquals(0, service.exitCode(END), service::text);
        }
        assertEquals(List.of("t-1", "t-3"), tasks());
    }

    @Test
    void portIsTaken_saysSoInOneErrorAndExitsWith1() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServiceProcess service = setup().with("SERVICE_PORT", Integer.toString(other.getLocalPort()))
                        .launch()) {
            assertEquals(1, service.exitCode(END), service::text);

            List<String> errors = service.output().stream()
                    .filter(line -> line.contains(" ERROR "))
                    .toList();
            assertEquals(1, errors.size(), service::text);
            assertTrue(errors.get(0).contains("cannot listen on 127.0.0.1:" + other.getLocalPort()), service::text);
            assertFalse(service.text().contains("\tat "), service::text);
        }
    }

    @Test
    void descriptorsAreExhausted_neitherSpinsNorDiesAndAnswersWhenTheyAreFree() throws Exception {
        List<String> expected = new ArrayList<>(List.of("t-1", "t-2", "t-4"));
        try (ServiceProcess service = setup().after("ulimit -n 256").start()) {
            Client client = new Client(service.port());
            assertEquals(200, client.write("tasks", Client.task("t-1")).status());
            List<Socket> sockets = new ArrayList<>();
            try {
                for (int count = 0; count < 400; count++) {
                    sockets.add(new Socket(InetAddress.getLoopbackAddress(), service.port()));
                }
                await().until(() -> descriptors(service) >= 250);
                Duration before = cpu(service);
                assertEquals(200, client.write("tasks", Client.task("t-2")).status(), "an open connection is served");
                Thread.sleep(2_000);
                assertTrue(cpu(service).minus(before).toMillis() < 1_000, "it does not spin");
                server.rows("SELECT id FROM information_schema.processlist WHERE db = '" + database + "'")
                        .forEach(id -> server.execute("KILL " + id));
                // The descriptors that this frees go to whoever is quicker, its new connection or a client's.
                if (client.write("tasks", Client.task("t-3")).status() == 200) {
                    expected.add("t-3");
                }
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }

            await().atMost(END).until(() -> descriptors(service) < 200);
            assertEquals(
                    200,
                    new Client(service.port())
                            .write("tasks", Client.task("t-4"))
                            .status());
            service.term();
            assertEquals(0, service.exitCode(END), service::text);
        }
        assertEquals(expected.stream().sorted().toList(), tasks());
    }

    private static long descriptors(ServiceProcess service) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(service.pid()), "fd"))) {
            return open.count();
        }
    }

    private static Duration cpu(ServiceProcess service) {
        return ProcessHandle.of(service.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "all")
    void memoryIsShort_refusesOrEndsAndNeverWritesAWrongRow() throws Exception {
        String text = "x".repeat(60_000);
        try (ServiceProcess service = setup().with("JAVA_OPTS", "-Xmx64m").start()) {
            List<CompletableFuture<List<Integer>>> clients = IntStream.range(0, 4)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> sendLarge(service.port(), number, text)))
                    .toList();
            List<Integer> answers =
                    clients.stream().flatMap(client -> client.join().stream()).toList();

            assertTrue(List.of(200, 413, 503, 0).containsAll(answers), answers::toString);
            if (service.isAlive()) {
                await().atMost(END)
                        .until(() -> new Client(service.port()).flush().status() == 200);
                assertEquals(
                        200,
                        new Client(service.port())
                                .write("tasks", Client.task("t-last"))
                                .status());
            } else {
                assertEquals(3, service.exitCode(END), service::text); // ExitOnOutOfMemoryError
            }
        }
        assertEquals(
                List.of(),
                server.rows("SELECT task_id FROM " + database + ".translation_tasks WHERE task_id <> 't-last'"
                        + " AND source_text <> CONCAT(task_id, '" + text + "')"));
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".hprof")).toList());
        }
    }

    /** Requests of some 9 MB; the answer 0 is a connection that ended. */
    private static List<Integer> sendLarge(int port, int number, String text) {
        List<Integer> answers = new ArrayList<>();
        for (int request = 0; request < 2; request++) {
            String prefix = "t-" + number + "-" + request + "-";
            try {
                answers.add(new Client(port)
                        .write(
                                "tasks",
                                IntStream.range(0, 150)
                                        .mapToObj(index ->
                                                Client.task(prefix + index, "source_text", prefix + index + text))
                                        .toList())
                        .status());
            } catch (IllegalStateException gone) {
                answers.add(0);
            }
        }
        return answers;
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "all")
    void clockSteppedBack_newestStillWinsAndFlushesGoOn() throws Exception {
        assumeTrue(Files.exists(FAKE_TIME), "libfaketime is not installed (Debian package faketime)");
        try (ServiceProcess service = setup().with("LD_PRELOAD", FAKE_TIME.toString())
                .with("FAKETIME", "-3600")
                .with("FAKETIME_START_AFTER_SECONDS", "20")
                .with("DONT_FAKE_MONOTONIC", "1")
                .with("FLUSH_INTERVAL", "1")
                .start()) {
            Client client = new Client(service.port());
            assertEquals(
                    200,
                    client.write("tasks", Client.task("t-1", "status", "first")).status());
            String time = updatedAt();
            await().atMost(END).until(() -> {
                client.write("sessions", Client.session("s-1"));
                String flushed = (String) client.stats().at("flush_info", "last_flush_time");
                return flushed.compareTo(Instant.now().minusSeconds(1800).toString()) < 0;
            });

            assertEquals(
                    202,
                    client.send("tasks", Client.task("t-1", "status", "second")).status());
            await().atMost(Duration.ofSeconds(20)).until(() -> client.stats().number("buffer", "total_count") == 0);
            assertEquals(List.of("second"), server.rows("SELECT status FROM " + database + ".translation_tasks"));
            assertTrue(updatedAt().compareTo(time) >= 0, () -> updatedAt() + " after " + time);
        }
    }

    private String updatedAt() {
        return server.rows("SELECT updated_at FROM " + database + ".translation_tasks")
                .get(0);
    }

    private List<String> tasks() {
        return server.rows("SELECT task_id FROM " + database + ".translation_tasks ORDER BY task_id");
    }
}
