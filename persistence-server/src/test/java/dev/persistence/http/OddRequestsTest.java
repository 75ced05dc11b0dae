package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Messages that are unusual, and of which nobody doubts where they end: each has its status, and the connection goes on.
 * In the messages, {@code \n} is CR LF and {@code \t} a tab.
 */
class OddRequestsTest {

    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
    private static Station station;

    @BeforeAll
    static void start() {
        station = Station.start();
    }

    @AfterAll
    static void stop() {
        station.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            GET http://a/health/live            | 200
            GET HTTP://a:8001/health/live?x     | 200
            GET https://a                       | 200
            GET ftp://a/health/live             | 404
            GET ://a/health/live                | 404
            GET x/y://a/health/live             | 404
            GET health/live                     | 404
            GET a:80                            | 404
            GET *                               | 404
            OPTIONS *                           | 404
            CONNECT a:443                       | 404
            GET //health/live                   | 404
            GET /health//live                   | 404
            GET /health/live/                   | 404
            GET /health/./live                  | 404
            GET /health/../health/live          | 404
            GET /health/%2e%2e/health/live      | 404
            GET /health%2flive                  | 404
            GET /health%00                      | 404
            GET /health/live;x=y                | 404
            GET /health/live#x                  | 404
            GET /Health/live                    | 404
            GET /health/live?                   | 200
            GET /health/live?a=b&&%%%=?/../..;#' | 200
            GET /api/v1/persistence/../persistence/stats | 404
            GET /..%5c..%5cetc/passwd           | 404
            get /health/live                    | 405
            Post /api/v1/persistence/tasks/batch | 405
            TRACE /health/live                  | 405
            CONNECT /health/live                | 405
            PROPFIND /health/live               | 405
            QUERY! /health/live                 | 405
            """)
    void requestLine_hasItsStatus(String line, int status) {
        try (RawClient client = station.connect()) {
            client.send(line + " HTTP/1.1\r\nHost: a\r\n\r\n" + LIVE);
            assertEquals(status, client.reply().status());
            assertTrue(client.reply().body().contains("live"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /                                     | GET, HEAD
            /openapi.json                         | GET, HEAD
            /health                               | GET, HEAD
            /health/live                          | GET, HEAD
            /health/ready                         | GET, HEAD
            /api/v1/persistence/stats             | GET, HEAD
            /api/v1/persistence/flush             | POST
            /api/v1/persistence/sessions/batch    | POST
            /api/v1/persistence/tasks/batch       | POST
            """)
    void everyRoute_answersHeadAndOptions(String path, String allowed) {
        try (RawClient client = station.connect()) {
            client.send("HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\n" + LIVE);
            RawClient.Reply head = client.reply(false);
            assertEquals(allowed.equals("POST") ? 405 : 200, head.status());
            assertTrue(Integer.parseInt(head.headers().get("content-length")) > 0);
            assertTrue(client.reply().body().contains("live"), "an answer to HEAD has no body");
            client.send("OPTIONS " + path + " HTTP/1.1\r\nHost: a\r\n\r\n" + LIVE);
            RawClient.Reply options = client.reply();
            assertEquals(405, options.status());
            assertEquals(allowed, options.headers().get("allow"));
            assertTrue(client.reply().body().contains("live"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an upgrade to HTTP/2     | Connection: Upgrade, HTTP2-Settings\\nUpgrade: h2c\\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA | 200
            an upgrade to WebSocket  | Connection: Upgrade\\nUpgrade: websocket\\nSec-WebSocket-Version: 13\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | 200
            an upgrade to TLS        | Connection: Upgrade\\nUpgrade: TLS/1.0 | 200
            a range                  | Range: bytes=0-1 | 200
            a condition              | If-None-Match: * | 200
            a value in tabs          | X:\\t \\ty\\t | 200
            an empty value           | X: | 200
            letters beyond ASCII in a value | X: \u00e4 | 200
            an expectation without a body | Expect: 100-continue\\nContent-Length: 0 | 100
            an odd expectation       | Expect: 200-ok | 417
            two expectations         | Expect: 100-continue, 100-continue | 417
            a connection of many words | Connection: keep-alive, x, y, te | 200
            """)
    void header_hasItsStatus(String what, String header, int status) {
        try (RawClient client = station.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n"
                    + header.replace("\\n", "\r\n").replace("\\t", "\t") + "\r\n\r\n" + LIVE);
            RawClient.Reply reply = client.reply();
            assertEquals(status, reply.status());
            assertFalse(reply.closes());
            if (status == 100) {
                assertEquals(200, client.reply().status());
            }
            assertTrue(client.reply().body().contains("live"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one chunk                       | 0e\\n{"sessions":[]\\n1\\n}\\n0\\n\\n
            a size in capitals and zeros    | 0000000E\\n{"sessions":[]\\n1\\n}\\n000\\n\\n
            extensions                      | e;a;b=c;d="e f"\\n{"sessions":[]\\n1 ;x\\n}\\n0;last\\n\\n
            a trailer                       | e\\n{"sessions":[]\\n1\\n}\\n0\\nX: y\\n\\n
            trailers that mean framing      | e\\n{"sessions":[]\\n1\\n}\\n0\\nContent-Length: 500\\nTransfer-Encoding: chunked\\nHost: b\\n\\n
            """)
    void chunks_areABody(String what, String chunks) {
        try (RawClient client = station.connect()) {
            client.send("POST " + Station.SESSIONS + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \tChunked\t\r\n\r\n"
                    + chunks.replace("\\n", "\r\n") + LIVE);
            assertEquals(202, client.reply().status());
            assertTrue(client.reply().body().contains("live"));
        }
    }

    @Test
    void emptyLinesBeforeARequest_areIgnored() {
        try (RawClient client = station.connect()) {
            client.send("\r\n\r\n" + LIVE + "\r\n" + LIVE);
            assertEquals(200, client.reply().status());
            assertEquals(200, client.reply().status());
        }
    }

    @Test
    void pipelinedRefusals_areAnsweredOneByOne() {
        String refused = "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n01234"
                + "DELETE / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nGET\r\n0\r\n\r\n"
                + "POST " + Station.TASKS + " HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Length: 3\r\n\r\nabc";
        try (RawClient client = station.connect()) {
            client.send(refused.repeat(100));
            for (int round = 0; round < 100; round++) {
                for (int status : List.of(404, 405, 415)) {
                    assertEquals(status, client.reply().status());
                }
            }
        }
    }

    @Test
    void manySmallHeaders_answer431() {
        try (RawClient client = station.connect()) {
            StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
            for (int header = 0; header < 20_000; header++) {
                head.append('h').append(header).append(":\r\n");
            }
            RawClient.Reply reply = client.send(head.toString()).reply();
            assertEquals(431, reply.status());
            assertTrue(reply.closes());
        }
    }

    @Test
    void http10_hasNoInterimAnswer_andIsNotKept() {
        try (RawClient client = station.connect()) {
            client.send("POST " + Station.TASKS
                    + " HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 12\r\n\r\n{\"tasks\":[]}");
            RawClient.Reply reply = client.reply();
            assertEquals(202, reply.status());
            assertTrue(reply.closes());
            assertTrue(client.ended());
        }
    }
}
