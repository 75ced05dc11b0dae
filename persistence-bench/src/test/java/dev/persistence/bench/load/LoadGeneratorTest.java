package dev.persistence.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.bench.workload.Request;
import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import dev.persistence.bench.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadGeneratorTest {

    private static final long STALL_MILLIS = 600;

    @Test
    void closedLoop_sendsEverythingInTheOrderOfItsLane() throws Exception {
        try (StubService service = new StubService(number -> 202)) {
            LoadResult result = run(service, new Numbered(3, 20), LoadOptions.closedLoop());

            assertEquals(Optional.empty(), result.failure());
            assertEquals(60, result.acceptedRequests());
            assertEquals(120, result.acceptedRecords());
            assertEquals(60, result.accepted().count());
            assertEquals(
                    120,
                    result.slices().stream()
                            .mapToLong(LoadResult.Slice::acceptedRecords)
                            .sum());
            for (int lane = 0; lane < 3; lane++) {
                assertEquals(bodies(lane, 20), bodies(service, lane));
            }
            assertEquals(3, connections(service.arrivals()));
            assertEquals(
                    "/api/v1/persistence/tasks/batch", service.arrivals().get(0).path());
        }
    }

    @Test
    void closedLoop_sendsARefusedRequestAgainBeforeTheNext() throws Exception {
        try (StubService service = new StubService(number -> number % 2 == 0 ? 503 : 202)) {
            LoadResult result =
                    run(service, new Numbered(1, 3), LoadOptions.closedLoop().withRetryPause(Duration.ofMillis(1)));

            assertEquals(3, result.acceptedRequests());
            assertEquals(Map.of(503, 3L), result.refusals());
            assertEquals(6, result.sentRequests());
            assertEquals(3, result.refused().count());
            assertEquals(List.of("0-0", "0-0", "0-1", "0-1", "0-2", "0-2"), bodies(service, 0));
        }
    }

    @Test
    void faultyRequest_isCountedAndNotSentAgain() throws Exception {
        try (StubService service = new StubService(number -> number == 1 ? 422 : 202)) {
            LoadResult result = run(service, new Numbered(1, 3), LoadOptions.closedLoop());

            assertEquals(2, result.acceptedRequests());
            assertEquals(Map.of(422, 1L), result.refusals());
            assertEquals(bodies(0, 3), bodies(service, 0));
        }
    }

    @Test
    void closedLoop_endsWhenItsTimeIsOver_evenIfEverythingIsRefused() throws Exception {
        try (StubService service = new StubService(number -> 503)) {
            LoadResult result = run(
                    service,
                    new Numbered(2, 1000),
                    LoadOptions.closedLoop().withMaxTime(Duration.ofMillis(200)).withRetryPause(Duration.ofMillis(10)));

            assertEquals(Optional.empty(), result.failure());
            assertEquals(0, result.acceptedRequests());
            assertEquals(2, result.abandonedRequests());
        }
    }

    @Test
    void limitOfRecords_endsTheRun() throws Exception {
        try (StubService service = new StubService(number -> 202)) {
            LoadResult result =
                    run(service, new Numbered(1, 1000), LoadOptions.closedLoop().withMaxRecords(10));

            assertEquals(10, result.acceptedRecords());
        }
    }

    @Test
    void openLoop_countsTimesFromWhenARequestWasDue() throws Exception {
        StubService.Answers oneStalls = new StubService.Answers() {
            @Override
            public int status(int number) {
                return 202;
            }

            @Override
            public long delayMillis(int number) {
                return number == 0 ? STALL_MILLIS : 0;
            }
        };
        try (StubService service = new StubService(oneStalls)) {
            // A request of two records every 10 ms: while the first is not answered, some 60 more come due.
            LoadResult result = run(service, new Numbered(1, 100), LoadOptions.openLoop(200));

            assertEquals(100, result.accepted().count());
            assertEquals(100, result.waits().count());
            // Half of those that waited were due in the first half of the stall, and so waited as long as its other
            // half.
            long halfOfTheStall = STALL_MILLIS * 1000 / 2;
            assertTrue(
                    countOver(result.accepted(), halfOfTheStall) >= 25,
                    () -> "response times: " + result.accepted().curve());
            assertTrue(
                    countOver(result.waits(), halfOfTheStall) >= 25,
                    () -> "waits: " + result.waits().curve());
        }
    }

    @Test
    void openLoop_doesNotSendARefusedRequestAgain() throws Exception {
        try (StubService service = new StubService(number -> number % 2 == 0 ? 503 : 202)) {
            LoadResult result = run(service, new Numbered(1, 10), LoadOptions.openLoop(1000));

            assertEquals(5, result.acceptedRequests());
            assertEquals(Map.of(503, 5L), result.refusals());
            assertEquals(bodies(0, 10), bodies(service, 0));
        }
    }

    @Test
    void openLoop_sendsWhatCameDueInItsTime_howeverLate() throws Exception {
        StubService.Answers slow = new StubService.Answers() {
            @Override
            public int status(int number) {
                return 202;
            }

            @Override
            public long delayMillis(int number) {
                return 5;
            }
        };
        try (StubService service = new StubService(slow)) {
            LoadResult result = run(
                    service, new Numbered(1, 10_000), LoadOptions.openLoop(2000).withMaxTime(Duration.ofMillis(100)));

            assertEquals(100, result.acceptedRequests()); // one a millisecond, though it takes five to answer
        }
    }

    @Test
    void openLoop_lanesShareTheRate() throws Exception {
        try (StubService service = new StubService(number -> 202)) {
            LoadResult result = run(
                    service, new Numbered(4, 1000), LoadOptions.openLoop(2000).withMaxTime(Duration.ofMillis(100)));

            assertEquals(100, result.acceptedRequests());
        }
    }

    @Test
    void openLoop_lanesTakeTurns() throws Exception {
        try (StubService service = new StubService(number -> 202)) {
            run(service, new Numbered(4, 1), LoadOptions.openLoop(20));

            assertEquals(
                    List.of("0-0", "1-0", "2-0", "3-0"),
                    service.arrivals().stream().map(StubService.Arrival::body).toList());
        }
    }

    @Test
    void lostConnection_endsTheRunAndIsNamed() throws Exception {
        try (StubService service = new StubService(number -> number == 5 ? StubService.HANG_UP : 202)) {
            LoadResult result = run(service, new Numbered(1, 10), LoadOptions.closedLoop());

            assertEquals(Optional.of("connection 0: closed by the service before it had answered"), result.failure());
            assertEquals(5, result.acceptedRequests());
        }
    }

    @Test
    void workloadThatFails_endsTheRun() throws Exception {
        Workload broken = new Workload() {
            private int given;

            @Override
            public int lanes() {
                return 1;
            }

            @Override
            public Request next(int lane) {
                if (++given == 3) {
                    throw new IllegalStateException("out of ideas");
                }
                return new Request("tasks", new byte[0], 1);
            }
        };
        try (StubService service = new StubService(number -> 202)) {
            LoadResult result = run(service, broken, LoadOptions.closedLoop());

            assertTrue(
                    result.failure().orElseThrow().contains("out of ideas"),
                    () -> result.failure().toString());
        }
    }

    @Test
    void noService_isNamed() {
        int port = 1; // of a service that nobody runs, and never given out to somebody who asks for any port
        LoadException wrong = assertThrows(
                LoadException.class,
                () -> new LoadGenerator("127.0.0.1", port)
                        .run(new Numbered(1, 1), LoadOptions.closedLoop(), LoadListener.NONE));

        assertTrue(wrong.getMessage().startsWith("cannot connect to 127.0.0.1:" + port + ": "), wrong.getMessage());
    }

    @Test
    void flush_isRepeatedUntilItIsDone() {
        try (StubService service = new StubService(number -> number < 2 ? 504 : 200)) {
            new LoadGenerator("127.0.0.1", service.port()).flush();

            assertEquals(3, service.arrivals().size());
            assertEquals("/api/v1/persistence/flush", service.arrivals().get(2).path());
        }
    }

    @Test
    void flush_thatLostRecords_isNamed() {
        try (StubService service = new StubService(number -> 503)) {
            LoadException lost =
                    assertThrows(LoadException.class, () -> new LoadGenerator("127.0.0.1", service.port()).flush());

            assertEquals("the flush was answered with 503: no content", lost.getMessage());
        }
    }

    @Test
    void listener_learnsHowTheRunGoesOn() throws Exception {
        AtomicLong accepted = new AtomicLong();
        try (StubService service = new StubService(number -> 202)) {
            new LoadGenerator("127.0.0.1", service.port())
                    .run(
                            new SyntheticTasks(TaskOptions.usual(3000, 2, "run")),
                            LoadOptions.openLoop(10_000),
                            now -> accepted.set(now.acceptedRecords()));
        }
        assertTrue(accepted.get() > 0 && accepted.get() <= 3000, accepted::toString);
    }

    private static LoadResult run(StubService service, Workload workload, LoadOptions options)
            throws InterruptedException {
        return new LoadGenerator("127.0.0.1", service.port()).run(workload, options, LoadListener.NONE);
    }

    /** How many of the times are longer than so many microseconds, by the points of the curve. */
    private static long countOver(ResponseTimes times, long micros) {
        double atMost = times.curve().stream()
                .filter(point -> point.micros() <= micros)
                .mapToDouble(ResponseTimes.Point::percentile)
                .max()
                .orElse(0);
        return Math.round(times.count() * (1 - atMost / 100));
    }

    private static long connections(List<StubService.Arrival> arrivals) {
        return arrivals.stream().map(StubService.Arrival::connection).distinct().count();
    }

    private static List<String> bodies(int lane, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(request -> lane + "-" + request)
                .toList();
    }

    private static List<String> bodies(StubService service, int lane) {
        return service.arrivals().stream()
                .map(StubService.Arrival::body)
                .filter(body -> body.startsWith(lane + "-"))
                .toList();
    }

    /** Requests of two records whose bodies are their lane and number. */
    private static final class Numbered implements Workload {
        private final int[] next;
        private final int requests;

        Numbered(int lanes, int requests) {
            this.next = new int[lanes];
            this.requests = requests;
        }

        @Override
        public int lanes() {
            return next.length;
        }

        @Override
        public Request next(int lane) {
            if (next[lane] == requests) {
                return null;
            }
            String body = lane + "-" + next[lane]++;
            return new Request("tasks", body.getBytes(StandardCharsets.UTF_8), 2);
        }
    }
}
