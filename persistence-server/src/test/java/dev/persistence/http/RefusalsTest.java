package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, with which status, and whether the connection goes on. */
class RefusalsTest {

    private static final String TASKS = Station.TASKS;
    private static Station station;

    @BeforeAll
    static void start() {
        station = Station.start();
    }

    @AfterAll
    static void stop() {
        station.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            GET /nowhere                                    | -                                       | 404
            POST /metrics                                   | Content-Length: 0                       | 405
            GET /health/                                    | -                                       | 404
            POST /api/v1/persistence/other/batch            | Content-Length: 0                       | 404
            POST /api/v1/persistence/t%61sks/batch          | Content-Length: 0                       | 404
            GET /api/v1/persistence/tasks/batch             | -                                       | 405
            PUT /api/v1/persistence/tasks/batch             | Content-Length: 0                       | 405
            POST /health                                    | Content-Length: 0                       | 405
            POST /api/v1/persistence/tasks/batch            | Content-Type: text/plain                | 415
            POST /api/v1/persistence/tasks/batch            | Content-Type: application/json;charset=latin1 | 415
            POST /api/v1/persistence/tasks/batch            | Content-Encoding: br                    | 415
            POST /api/v1/persistence/tasks/batch            | Content-Encoding: gzip, gzip            | 415
            POST /api/v1/persistence/tasks/batch?ack=writen | Content-Length: 0                       | 400
            POST /api/v1/persistence/tasks/batch?akc=written | Content-Length: 0                      | 400
            POST /api/v1/persistence/tasks/batch?ack=written&ack=written | Content-Length: 0          | 400
            POST /api/v1/persistence/tasks/batch?ack=%zz    | Content-Length: 0                       | 400
            """)
    void refusedByTheHead_isAProblemAndTheConnectionGoesOn(String line, String header, int status) {
        try (RawClient client = station.connect()) {
            client.send(line + " HTTP/1.1\r\nHost: a\r\n" + (header == null ? "" : header + "\r\n") + "\r\n");
            RawClient.Reply reply = client.reply();
            assertEquals(status, reply.status());
            assertEquals("application/problem+json", reply.headers().get("content-type"));
            assertTrue(reply.body().contains("\"status\":" + status), reply.body());
            client.send("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(200, client.reply().status());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1\\n\\n                                                                         | 400
            GET / HTTP/1.1\\nHost: a\\nHost: b\\n\\n                                                      | 400
            GET / HTTP/2.0\\nHost: a\\n\\n                                                               | 400
            rubbish\\n\\n                                                                                | 400
            GET / HTTP/1.1\\nHost: a\\nno colon\\n\\n                                                     | 400
            POST / HTTP/1.1\\nHost: a\\nContent-Length: x\\n\\n                                           | 400
            POST / HTTP/1.1\\nHost: a\\nContent-Length: 1\\nContent-Length: 2\\n\\n                        | 400
            POST / HTTP/1.1\\nHost: a\\nContent-Length: 5\\nTransfer-Encoding: chunked\\n\\n               | 400
            POST / HTTP/1.1\\nHost: a\\nTransfer-Encoding: gzip, chunked\\n\\n                            | 400
            POST / HTTP/1.1\\nHost: a\\nTransfer-Encoding: gzip\\n\\n                                     | 400
            POST / HTTP/1.0\\nTransfer-Encoding: chunked\\n\\n                                           | 400
            """)
    void badMessage_answers400AndCloses(String message, int status) {
        try (RawClient client = station.connect()) {
            client.send(message.replace("\\n", "\r\n"));
            RawClient.Reply reply = client.reply();
            assertEquals(status, reply.status());
            assertTrue(reply.closes());
            assertTrue(client.ended());
        }
    }

    @Test
    void badChunk_answers400AndCloses() {
        try (RawClient client = station.connect()) {
            client.send(chunkedHead() + "zz\r\n");
            RawClient.Reply reply = client.reply();
            assertEquals(400, reply.status());
            assertTrue(reply.closes());
            assertTrue(client.ended());
        }
    }

    @Test
    void longLine_answers414() {
        try (RawClient client = station.connect()) {
            client.send("GET /" + "a".repeat(5000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(414, client.reply().status());
            assertTrue(client.ended());
        }
    }

    @Test
    void largeHeaders_answer431() {
        try (RawClient client = station.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");
            assertEquals(431, client.reply().status());
            assertTrue(client.ended());
        }
    }

    @Test
    void otherExpectation_answers417() {
        try (RawClient client = station.connect()) {
            client.send("POST " + TASKS + " HTTP/1.1\r\nHost: a\r\nExpect: gold\r\nContent-Length: 0\r\n\r\n");
            assertEquals(417, client.reply().status());
        }
    }

    @Test
    void wrongMethod_namesTheAllowedOnes() {
        try (RawClient client = station.connect()) {
            client.send("DELETE / HTTP/1.1\r\nHost: a\r\n\r\nDELETE " + TASKS + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals("GET, HEAD", client.reply().headers().get("allow"));
            assertEquals("POST", client.reply().headers().get("allow"));
        }
    }

    @Test
    void declaredBodyTooLarge_isRefusedBeforeItIsRead_andDropped() {
        try (RawClient client = station.connect()) {
            int length = Station.MAX_BYTES + 1;
            client.send("POST " + TASKS + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
            RawClient.Reply reply = client.reply();
            assertEquals(413, reply.status());
            assertTrue(!reply.closes());
            client.send(" ".repeat(length)).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(200, client.reply().status());
        }
    }

    @Test
    void declaredBodyMuchTooLarge_closes() {
        try (RawClient client = station.connect()) {
            long length = 3L * Station.MAX_BYTES;
            client.send("POST " + TASKS + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
            RawClient.Reply reply = client.reply();
            assertEquals(413, reply.status());
            assertTrue(reply.closes());
            assertTrue(client.ended());
        }
    }

    @Test
    void chunkedBodyTooLarge_isRefusedAndDropped() {
        try (RawClient client = station.connect()) {
            String chunk = Integer.toHexString(60_000) + "\r\n" + " ".repeat(60_000) + "\r\n";
            client.send(chunkedHead() + chunk + chunk);
            RawClient.Reply reply = client.reply();
            assertEquals(413, reply.status());
            client.send(chunk + "0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(200, client.reply().status());
        }
    }

    @Test
    void endlessChunkedBody_endsTheConnection() {
        try (RawClient client = station.connect()) {
            String chunk = Integer.toHexString(60_000) + "\r\n" + " ".repeat(60_000) + "\r\n";
            client.send(chunkedHead() + chunk + chunk + chunk + chunk);
            assertEquals(413, client.reply().status());
            assertTrue(client.ended());
        }
    }

    @Test
    void refusalIsReportedByRoute() {
        station.metrics.answers.clear();
        assertEquals(404, station.get("/nowhere").statusCode());
        assertEquals(405, station.get(TASKS).statusCode());
        assertEquals("[other 404, batch.tasks 405]", station.metrics.answers.toString());
    }

    private static String chunkedHead() {
        return "POST " + TASKS + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    }
}
