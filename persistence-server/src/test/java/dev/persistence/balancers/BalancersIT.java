package dev.persistence.balancers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.Client;
import dev.persistence.Client.Answer;
import dev.persistence.RealInput;
import dev.persistence.RunningService;
import dev.persistence.StoredRows;
import dev.persistence.mysql.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients of several instances behind a balancer can rely on; the same for every balancer. */
@Tag("balancers")
class BalancersIT {

    private static final Duration AGAIN_IN_USE = Duration.ofSeconds(30);

    @TempDir
    static Path logs;

    private static TestDatabase database;
    private static Instances instances;

    @TempDir
    Path folder;

    @BeforeAll
    static void startInstances() {
        database = new TestDatabase();
        instances = new Instances(database, logs);
    }

    @AfterAll
    static void stopInstances() {
        instances.close();
        database.close();
    }

    @BeforeEach
    void allInstancesWithoutRows() {
        instances.startAll();
        instances.flushAll();
        database.execute("TRUNCATE TABLE translation_sessions", "TRUNCATE TABLE translation_tasks");
    }

    private RunningBalancer start(Balancer balancer) throws Exception {
        return RunningBalancer.start(balancer, folder, instances.ports());
    }

    @ParameterizedTest
    @EnumSource
    void realInput_goesThroughAllInstancesAndGivesTheExpectedRows(Balancer balancer) throws Exception {
        RealInput input = RealInput.in(folder.resolve("input"));
        List<Long> before = accepted();
        try (RunningBalancer running = start(balancer)) {
            LaneLog log = new LaneLog(running.port());
            input.replay(log::lane);
            instances.flushAll();

            input.assertRows(database);
            assertEquals(List.of(), log.failures());
            for (int number = 0; number < Instances.COUNT; number++) {
                long taken = log.sent().takenBy(instances.ports().get(number));
                assertTrue(taken > 0, "the instance " + number + " took nothing");
                assertEquals(taken, instances.accepted(number) - before.get(number));
            }
        }
    }

    private static List<Long> accepted() {
        return IntStream.range(0, Instances.COUNT).mapToObj(instances::accepted).toList();
    }

    @ParameterizedTest
    @EnumSource
    void recordsOfOneKey_goThroughAllInstancesAndTheLastStays(Balancer balancer) throws Exception {
        try (RunningBalancer running = start(balancer)) {
            Client client = new Client(running.port());
            Set<Integer> takers = new TreeSet<>();
            for (int version = 1; version <= 31; version++) {
                Answer answer = client.send("tasks", Client.task("t-1", "row_index", version));
                assertEquals(202, answer.status());
                takers.add(Taken.port(answer));
            }
            assertEquals(new TreeSet<>(instances.ports()), takers);
            instances.flushAll();

            assertEquals(List.of("t-1|31"), database.rows("SELECT task_id, row_index FROM translation_tasks"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void figuresOfOneInstance_areNotServedAsThoseOfAll(Balancer balancer) throws Exception {
        try (RunningBalancer running = start(balancer)) {
            Client client = new Client(running.port());
            for (String own : List.of("/", "/metrics", "/api/v1/persistence/stats", "/api/v1/persistence/status")) {
                Answer answer = client.get(own);
                assertEquals(404, answer.status(), own);
                assertEquals("not through the balancer: ask each instance", answer.at("detail"), own);
            }
            for (String shared : List.of("/health", "/health/live", "/health/ready", "/openapi.json")) {
                assertEquals(200, client.get(shared).status(), shared);
            }
            assertEquals(200, client.flush().status());
        }
    }

    @ParameterizedTest
    @EnumSource
    void largestRequest_isTakenAndALargerOneIsRefusedByTheService(Balancer balancer) throws Exception {
        try (RunningBalancer running = start(balancer)) {
            Client client = new Client(running.port());
            Answer largest = client.write(
                    "tasks",
                    IntStream.range(0, 150)
                            .mapToObj(index -> Client.task("t-" + index, "source_text", "x".repeat(65_535)))
                            .toList());
            assertEquals(200, largest.status(), () -> largest.http().body());
            Answer refused = client.post("/api/v1/persistence/tasks/batch", " ".repeat((10 << 20) + 1));
            assertEquals(413, refused.status());
            assertEquals("/problems/body-too-large", refused.at("type"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void instanceWithoutRoom_anotherTakesTheRequest(Balancer balancer) throws Exception {
        try (RunningService full = RunningService.start(database, "buffer.ring-size=1");
                RunningBalancer running = RunningBalancer.start(
                        balancer,
                        folder,
                        List.of(
                                full.port(),
                                instances.ports().get(0),
                                instances.ports().get(1)))) {
            Client client = new Client(running.port());
            for (int request = 0; request < 12; request++) {
                Answer answer = client.send("tasks", Client.task("a-" + request), Client.task("b-" + request));
                assertEquals(202, answer.status());
                assertTrue(Taken.port(answer) != full.port());
            }
            instances.flushAll();
            assertEquals(List.of("24"), database.rows("SELECT COUNT(*) FROM translation_tasks"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noInstanceHasRoom_theClientIsToldWhenToComeAgain(Balancer balancer) throws Exception {
        try (RunningService full = RunningService.start(database, "buffer.ring-size=1");
                RunningBalancer running =
                        RunningBalancer.start(balancer, folder, List.of(full.port(), full.port(), full.port()))) {
            Client client = new Client(running.port());
            for (int request = 0; request < 12; request++) { // it is not taken out for that: what it can take goes on
                Answer answer = client.send("tasks", Client.task("t-1"), Client.task("t-2"));
                assertEquals(503, answer.status());
                assertEquals("/problems/buffer-full", answer.at("type"));
                assertTrue(answer.http().headers().firstValue("Retry-After").isPresent());
                assertEquals(200, client.write("tasks", Client.task("t-3")).status());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneKilledAndOneRestartedInTheMiddle_onlyWhatTheKilledHeldIsLost(Balancer balancer) throws Exception {
        RealInput input = RealInput.in(folder.resolve("input"));
        try (RunningBalancer running = start(balancer)) {
            int killed = instances.ports().get(0);
            LaneLog log = new LaneLog(running.port());
            long[] written = new long[1];
            long before = instances.accepted(0);
            log.at(60, () -> {
                await().until(() -> instances.client(0).stats().number("buffer", "total_count") > 0);
                written[0] = instances.written(0);
                instances.kill(0);
            });
            log.at(140, () -> instances.stop(1));
            input.replay(log::lane);
            instances.startAll();
            instances.flushAll();

            long held = log.sent().takenBy(killed) + before - written[0];
            long lost = log.sent().lost(StoredRows.read(database), killed);
            System.out.printf(
                    "%s, one killed, one restarted: %d records lost of at most %d that it held, of %d that it took;"
                            + " clients had to send %d requests again%n",
                    balancer,
                    lost,
                    held,
                    log.sent().takenBy(killed),
                    log.failures().size());
            assertTrue(lost <= held, lost + " records lost, and only " + held + " were held");

            input.replay(new LaneLog(running.port())::lane);
            instances.flushAll();
            input.assertRows(database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rollingRestartUnderLoad_losesNothingAndNoClientNoticesIt(Balancer balancer) throws Exception {
        try (RunningBalancer running = start(balancer);
                GrowingRows load = new GrowingRows(running.port())) {
            for (int number = 0; number < Instances.COUNT; number++) {
                int restarted = number;
                instances.stop(restarted);
                instances.start(restarted);
                await().atMost(AGAIN_IN_USE).until(() -> instances.accepted(restarted) > 0);
            }
            List<String> rows = load.stop();
            instances.flushAll();

            System.out.printf(
                    "%s, rolling restart: %d requests, %d failed%n",
                    balancer, load.requests(), load.failures().size());
            assertEquals(List.of(), load.failures());
            assertEquals(rows, database.rows("SELECT task_id, row_index FROM translation_tasks ORDER BY task_id"));
        }
    }
}
