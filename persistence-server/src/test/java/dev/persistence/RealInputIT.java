package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.mysql.TestDatabase;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job on {@link RealInput real input}, sent as a translation system would send it, a connection for each lane.
 */
@Tag("database")
class RealInputIT {

    private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");

    @TempDir
    Path temporary;

    @Test
    void replayedRequests_giveExactlyTheExpectedRows() throws Exception {
        RealInput input = RealInput.in(temporary);
        try (TestDatabase database = new TestDatabase();
                RunningService service = RunningService.start(database)) {
            long insertsBefore = serverCount(database, "Com_insert");
            long commitsBefore = serverCount(database, "Com_commit");
            long start = System.nanoTime();
            long records = replay(input, service);
            assertEquals(200, service.post("/api/v1/persistence/flush", "").statusCode());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            long inserts = serverCount(database, "Com_insert") - insertsBefore;
            long commits = serverCount(database, "Com_commit") - commitsBefore;
            System.out.printf(
                    "Real input: %d records in %d ms, %d INSERT statements, %d transactions, %.2f %% fewer statements"
                            + " than one a record%n",
                    records, millis, inserts, commits, 100.0 * (records - inserts) / records);

            input.assertRows(database);
            assertTrue(inserts * 100 <= records, inserts + " statements for " + records + " records");
        }
    }

    private static long replay(RealInput input, RunningService service) throws Exception {
        AtomicLong records = new AtomicLong();
        input.replay(() -> {
            HttpClient connection =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            return request -> {
                HttpRequest post = HttpRequest.newBuilder(service.uri(request.path()))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request.body()))
                        .build();
                Matcher taken = COUNT.matcher(sendUntilTaken(connection, post));
                assertTrue(taken.find());
                records.addAndGet(Long.parseLong(taken.group(1)));
            };
        });
        return records.get();
    }

    /** A full ring is no failure: the client rests (as told, but shorter) and sends the same request again. */
    private static String sendUntilTaken(HttpClient connection, HttpRequest post) throws Exception {
        HttpResponse<String> answer = connection.send(post, HttpResponse.BodyHandlers.ofString());
        while (answer.statusCode() == 503) {
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            answer = connection.send(post, HttpResponse.BodyHandlers.ofString());
        }
        assertEquals(202, answer.statusCode(), answer.body());
        return answer.body();
    }

    private static long serverCount(TestDatabase database, String variable) {
        String row = database.rows("SHOW GLOBAL STATUS LIKE '" + variable + "'").get(0);
        return Long.parseLong(row.substring(row.indexOf('|') + 1));
    }
}
