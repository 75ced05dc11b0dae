package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.ring.Mark;
import dev.persistence.ring.Refusal;
import dev.persistence.telemetry.RefusalReason;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of batches, with a ring of 64 and at most 50 records a request. */
class BatchEndpointTest {

    private static final String WRITTEN = Station.SESSIONS + "?ack=written";
    private static final String TIMESTAMP = "\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z\"}";
    private Station station;

    @BeforeEach
    void start() {
        station = Station.start();
    }

    @AfterEach
    void stop() {
        station.close();
    }

    @Test
    void validRecords_areOnTheRing() throws InterruptedException {
        HttpResponse<String> answer = station.post(Station.SESSIONS, Station.sessions(3));
        assertEquals(202, answer.statusCode());
        assertTrue(answer.body().matches("\\{\"status\":\"accepted\",\"count\":3," + TIMESTAMP), answer.body());
        assertEquals(3, station.consumer.published());
        assertEquals("[0:3]", station.metrics.accepted.toString());
    }

    @Test
    void emptyArray_isAcceptedAndTouchesNothing() {
        HttpResponse<String> answer = station.post(Station.SESSIONS, Station.sessions(0));
        assertEquals(202, answer.statusCode());
        assertTrue(answer.body().contains("\"count\":0"));
        assertEquals(200, station.post(WRITTEN, Station.sessions(0)).statusCode());
        assertEquals(64, station.ring.remaining());
        assertTrue(station.consumer.noMark());
    }

    @Test
    void invalidRecords_answer422WithPointers_andLeaveNothing() {
        HttpResponse<String> answer = station.post(Station.SESSIONS, "{\"sessions\":[{\"session_id\":7}]}");
        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains("\"pointer\":\"/sessions/0/session_id\""), answer.body());
        assertTrue(answer.body().contains("\"error_count\":"), answer.body());
        assertEquals(64, station.ring.remaining());
    }

    @Test
    void brokenJson_answers400() {
        assertEquals(400, station.post(Station.SESSIONS, "{\"sessions\":[").statusCode());
    }

    @Test
    void tooManyRecords_answer413() {
        HttpResponse<String> answer = station.post(Station.SESSIONS, Station.sessions(51));
        assertEquals(413, answer.statusCode());
        assertTrue(answer.body().contains("too-many-records"));
    }

    @Test
    void ringFull_answers503WithRetryAfter_andTakesNothing() {
        assertEquals(202, station.post(Station.SESSIONS, Station.sessions(40)).statusCode());
        HttpResponse<String> answer = station.post(Station.SESSIONS, Station.sessions(40));
        assertEquals(503, answer.statusCode());
        assertEquals("1", answer.headers().firstValue("retry-after").orElseThrow());
        assertTrue(answer.body().contains("no room for 40"), answer.body());
        assertEquals(24, station.ring.remaining());
    }

    @Test
    void ndjson_isOneRecordALine() {
        String line = Station.sessions(1).replace("{\"sessions\":[", "").replace("]}", "\n");
        HttpRequest.Builder request = station.request(Station.SESSIONS)
                .header("Content-Type", "Application/X-NDJSON; charset=\"UTF-8\"")
                .POST(HttpRequest.BodyPublishers.ofString(line + line));
        assertTrue(station.send(request).join().body().contains("\"count\":2"));
    }

    @Test
    void ackWritten_answersAfterTheCommit() {
        CompletableFuture<HttpResponse<String>> later = station.postLater(WRITTEN, Station.sessions(2));
        Mark mark = station.consumer.awaitMark();
        assertTrue(!later.isDone());
        station.consumer.write(mark, List.of());
        assertEquals(200, later.join().statusCode());
        assertTrue(later.join().body().matches("\\{\"status\":\"written\",\"count\":2," + TIMESTAMP));
    }

    @Test
    void ackWritten_namesRefusedRecordsByTheirPlaceInTheRequest() {
        station.post(Station.SESSIONS, Station.sessions(5));
        CompletableFuture<HttpResponse<String>> later = station.postLater(WRITTEN, Station.sessions(3));
        Mark mark = station.consumer.awaitMark();
        station.consumer.write(mark, List.of(new Refusal(mark.last(), "too odd", RefusalReason.CHECK)));
        assertEquals(422, later.join().statusCode());
        String body = later.join().body();
        assertTrue(body.contains("\"written\":2"), body);
        assertTrue(body.contains("{\"pointer\":\"/sessions/2\",\"detail\":\"too odd\"}"), body);
        assertTrue(body.contains("\"error_count\":1"), body);
    }

    @Test
    void ackWritten_lostBatch_answers503() {
        CompletableFuture<HttpResponse<String>> later = station.postLater(WRITTEN, Station.sessions(2));
        station.consumer.lose(station.consumer.awaitMark());
        assertEquals(503, later.join().statusCode());
        assertTrue(later.join().body().contains("2 of 2 records were lost"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "X-GZip", "deflate", "deflate bare"})
    void packedBody_isUnpacked(String packing) throws IOException {
        byte[] packed = Packing.pack(packing, Station.sessions(4));
        HttpResponse<String> answer = postPacked(packing, packed);
        assertEquals(202, answer.statusCode());
        assertTrue(answer.body().contains("\"count\":4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "deflate bare"})
    void packedBodyCutOff_answers400(String packing) throws IOException {
        byte[] packed = Packing.pack(packing, Station.sessions(4));
        assertEquals(
                400,
                postPacked(packing, Arrays.copyOf(packed, packed.length - 5)).statusCode());
        assertEquals(400, postPacked(packing, new byte[0]).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "deflate bare"})
    void packedBodyTooLargeUnpacked_answers413(String packing) throws IOException {
        byte[] packed = Packing.pack(packing, " ".repeat(Station.MAX_BYTES + 1));
        assertEquals(413, postPacked(packing, packed).statusCode());
    }

    private HttpResponse<String> postPacked(String packing, byte[] body) {
        HttpRequest.Builder request = station.request(Station.SESSIONS)
                .header("Content-Encoding", packing.replace(" bare", ""))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return station.send(request).join();
    }

    @Test
    void requestsThatWaitForTheCommit_areMeasuredApart() {
        try (Station station = Station.start()) {
            station.post(Station.TASKS + "?ack=written", "{\"tasks\":[]}");
            station.post(Station.TASKS + "?ack=written", "{");
            station.post(Station.TASKS + "?ack=soon", "{\"tasks\":[]}");
            station.post(Station.TASKS, "{\"tasks\":[]}");

            assertEquals(
                    "[batch.tasks.written 200, batch.tasks.written 400, batch.tasks 400, batch.tasks 202]",
                    station.metrics.answers.toString());
        }
    }
}
