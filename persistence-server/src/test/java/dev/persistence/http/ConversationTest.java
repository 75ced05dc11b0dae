package dev.persistence.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.ring.Mark;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How connections live: keep-alive, pipelining, expectations, ends; on every transport that this system has. */
@ParameterizedClass
@MethodSource("transports")
class ConversationTest {

    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String EMPTY_BATCH = "{\"tasks\":[]}";
    private static Station station;

    @Parameter
    private Transport transport;

    static Stream<Transport> transports() {
        return Stream.of(Transport.best(), Transport.NIO).distinct();
    }

    @BeforeParameterizedClassInvocation
    static void start(Transport transport) {
        station = Station.startOn(transport);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        station.close();
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() {
        try (RawClient client = station.connect()) {
            client.send((LIVE + "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n").repeat(300));
            for (int pair = 0; pair < 300; pair++) {
                assertEquals(200, client.reply().status());
                assertEquals(404, client.reply().status());
            }
        }
    }

    @Test
    void answersThatAreTakenLate_areAllThere() {
        try (RawClient client = station.connect()) {
            client.send("GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3000));
            assertEquals(200, station.get("/health/live").statusCode());
            for (int request = 0; request < 3000; request++) {
                assertEquals(200, client.reply().status());
            }
        }
    }

    @Test
    void requestsBehindAFlush_waitForItsAnswer() {
        try (RawClient client = station.connect()) {
            client.send(
                    "POST " + Station.FLUSH + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n" + LIVE.repeat(500));
            Mark mark = station.consumer.awaitMark();
            station.consumer.write(mark, List.of());
            assertTrue(client.reply().body().contains("flushed"));
            for (int request = 0; request < 500; request++) {
                assertTrue(client.reply().body().contains("live"));
            }
        }
    }

    @Test
    void clientThatEndsItsInput_getsItsAnswers() {
        try (RawClient client = station.connect()) {
            client.send("POST " + Station.FLUSH + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
                            + LIVE.repeat(500))
                    .endInput();
            station.consumer.write(station.consumer.awaitMark(), List.of());
            for (int request = 0; request <= 500; request++) {
                assertEquals(200, client.reply().status());
            }
            assertTrue(client.ended());
        }
    }

    @Test
    void expectation_isMetBeforeTheBody() {
        try (RawClient client = station.connect()) {
            client.send(head("Expect: 100-continue\r\nContent-Length: " + EMPTY_BATCH.length()));
            assertEquals(100, client.reply().status());
            client.send(EMPTY_BATCH);
            assertEquals(202, client.reply().status());
        }
    }

    @Test
    void refusedExpectation_isTheFinalAnswerAndCloses() {
        try (RawClient client = station.connect()) {
            client.send(head("Expect: 100-continue\r\nContent-Type: text/plain\r\nContent-Length: 5"));
            RawClient.Reply reply = client.reply();
            assertEquals(415, reply.status());
            assertTrue(reply.closes());
            assertTrue(client.ended());
        }
    }

    @Test
    void connectionClose_isHonoured_andWhatFollowsIsNotTaken() {
        try (RawClient client = station.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + LIVE);
            assertTrue(client.reply().closes());
            assertTrue(client.ended());
        }
    }

    @Test
    void http10_closesUnlessAskedNotTo() {
        try (RawClient client = station.connect()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertEquals("keep-alive", client.reply().headers().get("connection"));
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertTrue(client.reply().closes());
            assertTrue(client.ended());
        }
    }

    @Test
    void head_hasTheLengthButNoBody() {
        try (RawClient client = station.connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + LIVE);
            RawClient.Reply reply = client.reply(false);
            assertEquals(200, reply.status());
            assertTrue(Integer.parseInt(reply.headers().get("content-length")) > 20);
            assertTrue(client.reply().body().contains("live"));
        }
    }

    @Test
    void absoluteTarget_isAccepted() {
        try (RawClient client = station.connect()) {
            client.send("GET http://somewhere:1/health/live?x=y HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(200, client.reply().status());
        }
    }

    @Test
    void bodyInSingleBytes_isCollected() {
        try (RawClient client = station.connect()) {
            client.send(head("Transfer-Encoding: chunked"));
            for (int next = 0; next < EMPTY_BATCH.length(); next++) {
                client.send("1\r\n" + EMPTY_BATCH.charAt(next) + "\r\n");
            }
            client.send("0\r\n\r\n");
            assertEquals(202, client.reply().status());
        }
    }

    @Test
    void clientThatLeavesWithinABody_leavesNothingBehind() {
        try (RawClient client = station.connect()) {
            client.send(head("Content-Length: 50000") + " ".repeat(1000));
            await().until(() -> station.server.receivedBytes() > 0);
        }
        await().until(() -> station.server.receivedBytes() == 0);
    }

    @Test
    void clientThatLeavesWhileItsAnswerIsComputed_harmsNobody() {
        Mark mark;
        try (RawClient client = station.connect()) {
            client.send("POST " + Station.FLUSH + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            mark = station.consumer.awaitMark();
        }
        station.consumer.write(mark, List.of());
        assertEquals(200, station.get("/health/live").statusCode());
    }

    @Test
    void lateRequest_answers408AndCloses() {
        HttpSettings hasty =
                Station.settings(Duration.ofMillis(100), Duration.ofSeconds(20), 10, Duration.ofSeconds(20));
        try (Station quick = Station.startOn(transport, hasty);
                RawClient lateHead = quick.connect();
                RawClient lateBody = quick.connect()) {
            lateHead.send("GET / HT");
            lateBody.send(head("Content-Length: 10") + "123");
            for (RawClient late : List.of(lateHead, lateBody)) {
                RawClient.Reply reply = late.reply();
                assertEquals(408, reply.status());
                assertTrue(reply.closes());
                assertTrue(late.ended());
            }
        }
    }

    @Test
    void idleConnection_isClosedSilently_butNotWhileItsAnswerIsComputed() {
        HttpSettings hasty =
                Station.settings(Duration.ofSeconds(20), Duration.ofMillis(100), 10, Duration.ofSeconds(20));
        try (Station quick = Station.startOn(transport, hasty);
                RawClient idle = quick.connect();
                RawClient busy = quick.connect()) {
            busy.send("POST " + Station.FLUSH + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            Mark mark = quick.consumer.awaitMark();
            assertTrue(idle.ended());
            quick.consumer.write(mark, List.of());
            assertEquals(200, busy.reply().status());
            assertTrue(busy.ended());
        }
    }

    @Test
    void connectionOverTheLimit_answers503() {
        HttpSettings narrow =
                Station.settings(Duration.ofSeconds(20), Duration.ofSeconds(20), 1, Duration.ofSeconds(20));
        try (Station small = Station.startOn(transport, narrow);
                RawClient first = small.connect()) {
            assertEquals(200, first.send(LIVE).reply().status());
            try (RawClient second = small.connect()) {
                RawClient.Reply reply = second.send(LIVE).reply();
                assertEquals(503, reply.status());
                assertEquals("1", reply.headers().get("retry-after"));
                assertTrue(second.ended());
            }
            assertEquals(200, first.send(LIVE).reply().status());
        }
    }

    private static String head(String headers) {
        return "POST " + Station.TASKS + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n";
    }
}
