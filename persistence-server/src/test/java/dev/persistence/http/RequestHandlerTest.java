package dev.persistence.http;

import static dev.persistence.http.EmbeddedConnection.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.http.body.BodyBudget;
import dev.persistence.http.endpoint.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One connection's requests, step by step. */
class RequestHandlerTest {

    private static final String CHUNKED = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /** Every way through the handler that leaves the connection open, and one at the end that does not. */
    private static final String CONVERSATION = post("/echo", 10)
            + post("/later", 900)
            + "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"
            + "HEAD /echo-get HTTP/1.1\r\nHost: a\r\n\r\n"
            + CHUNKED + "5\r\nabcde\r\n3;x=y\r\nfgh\r\n0\r\nTrailer: t\r\n\r\n"
            + post("/nowhere", 300)
            + post("/echo", 1500) // refused by its length
            + CHUNKED + "258\r\n" + "y".repeat(600) + "\r\n258\r\n" + "y".repeat(600)
            + "\r\n0\r\n\r\n" // while it comes
            + post("/later", 0)
            + "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody"
            + "GET /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
            + "POST /later HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab"
            + "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab"
            + post("/echo", 1);

    private static final String STATUSES = "200 200 404 200 200 404 413 413 200 100 200 405 200 200";

    @Test
    void pipelinedConversation_isAnsweredInOrder() {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            assertEquals(STATUSES, connection.send(CONVERSATION).statuses());
            assertFalse(connection.channel.isOpen());
        }
    }

    @Test
    void conversationInSingleBytes_getsTheSameAnswers() {
        String whole = conversation(new int[0]);
        assertEquals(whole, conversation(everyByte()));
    }

    @Test
    void conversationCutAnywhere_getsTheSameAnswers() {
        String whole = conversation(new int[0]);
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int[] cuts = random.ints(1 + random.nextInt(20), 1, CONVERSATION.length())
                    .sorted()
                    .toArray();
            assertEquals(whole, conversation(cuts), "seed " + seed);
        }
    }

    private static int[] everyByte() {
        int[] cuts = new int[CONVERSATION.length() - 1];
        for (int cut = 0; cut < cuts.length; cut++) {
            cuts[cut] = cut + 1;
        }
        return cuts;
    }

    /** All that is answered if the conversation arrives in these pieces. */
    private static String conversation(int[] cuts) {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            StringBuilder answers = new StringBuilder();
            int from = 0;
            for (int cut : cuts) {
                answers.append(
                        connection.send(CONVERSATION.substring(from, cut)).received());
                from = cut;
            }
            return answers.append(connection.send(CONVERSATION.substring(from)).received())
                    .toString();
        }
    }

    @Test
    void halfClosedClient_getsEveryAnswerBehindOneThatIsWaitedFor() {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.send(post("/held", 0) + post("/echo", 1).repeat(3)).endInput();
            assertTrue(connection.channel.isOpen());
            connection.held.remove().complete(EmbeddedConnection.answer(0));
            assertEquals("200 200 200 200", connection.statuses());
            assertFalse(connection.channel.isOpen());
        }
    }

    @Test
    void halfClosedClient_getsEveryAnswerBehindARefusalThatIsNotTakenYet() {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
            connection.taken(false);
            connection.send("body!" + post("/nowhere", 5) + post("/echo", 1));
            connection.endInput();
            connection.taken(true);
            assertEquals("404 404 200", connection.statuses());
            assertFalse(connection.channel.isOpen());
        }
    }

    @Test
    void halfClosedClientWithinABody_isNotAnswered() throws InterruptedException {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection
                    .send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
                    .endInput();
            assertEquals("", connection.statuses());
            assertFalse(connection.channel.isOpen());
            assertEquals(0, connection.inProgress());
        }
    }

    @Test
    void nothingIsTakenWhileAnAnswerIsComputed() {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.send(post("/held", 0) + post("/held", 0));
            assertEquals(1, connection.held.size());
            assertFalse(connection.channel.config().isAutoRead());
            connection.held.remove().complete(EmbeddedConnection.answer(0));
            assertEquals(1, connection.held.size());
            connection.held.remove().complete(EmbeddedConnection.answer(0));
            assertTrue(connection.channel.config().isAutoRead());
        }
    }

    @Test
    void answersThatAreNotTaken_closeTheConnectionOnceItIsIdle() {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.taken(false);
            connection.send(post("/echo", 0).repeat(2));
            assertEquals("200", connection.statuses());
            connection.pass(EmbeddedConnection.IDLE.minus(MOMENT));
            assertTrue(connection.channel.isOpen());
            connection.pass(MOMENT);
            assertFalse(connection.channel.isOpen());
        }
    }

    @Test
    void answerThatHadToBeWaitedForAndIsNotTaken_closesTheConnectionOnceItIsIdle() {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.send(post("/held", 0));
            connection.taken(false);
            connection.pass(EmbeddedConnection.IDLE.multipliedBy(3));
            assertTrue(connection.channel.isOpen());
            connection.held.remove().complete(EmbeddedConnection.answer(0));
            connection.pass(EmbeddedConnection.IDLE.multipliedBy(2));
            assertFalse(connection.channel.isOpen());
        }
    }

    @Test
    void lastAnswerThatIsNotTaken_closesTheConnection_howeverMuchTheClientSends() throws InterruptedException {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.holdBackAnswers();
            connection.send(
                    "POST /nowhere HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 500\r\n\r\nabc");
            for (long second = 0; second < EmbeddedConnection.IDLE.toSeconds(); second++) {
                assertTrue(connection.channel.isOpen());
                connection.send("x").pass(MOMENT);
            }
            assertFalse(connection.channel.isOpen());
            assertEquals(0, connection.inProgress());
        }
    }

    @Test
    void timeOfAPartlyArrivedRequest_beginsAnewBehindAnAnswerThatWasWaitedFor() {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.send(post("/held", 0) + "POST /ec");
            connection.pass(EmbeddedConnection.REQUEST.multipliedBy(2));
            connection.held.remove().complete(EmbeddedConnection.answer(0));
            connection.pass(EmbeddedConnection.REQUEST.minus(MOMENT));
            assertEquals("200", connection.statuses());
            connection.pass(MOMENT);
            assertEquals("408", connection.statuses());
            assertFalse(connection.channel.isOpen());
        }
    }

    @Test
    void requestsThatEachArriveInTime_areNotLate() {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            for (int request = 0; request < 5; request++) {
                connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-");
                connection.pass(EmbeddedConnection.REQUEST.minus(MOMENT));
                connection.send("Length: 0\r\n\r\n");
                assertEquals("200", connection.statuses());
            }
        }
    }

    static Stream<Named<Endpoint.Work>> failures() {
        return Stream.of(
                Named.of("throws", (body, loop) -> {
                    throw new IllegalStateException("broken");
                }),
                Named.of("throws as if the connection were lost", (body, loop) -> {
                    throw new UncheckedIOException(new IOException("broken"));
                }),
                Named.of("fails", (body, loop) -> CompletableFuture.failedFuture(new IOException("broken"))),
                Named.of("answers with nothing", (body, loop) -> CompletableFuture.completedFuture(null)),
                Named.of("returns nothing", (body, loop) -> null));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void endpointThatFails_answers500AndCloses(Endpoint.Work broken) throws InterruptedException {
        BodyBudget budget = new BodyBudget(EmbeddedConnection.MAX_BYTES, 1 << 20);
        try (EmbeddedConnection connection = new EmbeddedConnection(budget, new Connections(1), broken)) {
            String answer = connection.send(post("/broken", 5)).received();
            assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
            assertTrue(answer.contains("connection: close"), answer);
            assertFalse(connection.channel.isOpen());
            assertEquals(0, connection.inProgress());
        }
    }

    @Test
    void waitedForAnswerThatIsNothing_answers500AndCloses() throws InterruptedException {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.send(post("/held", 0));
            connection.held.remove().complete(null);
            assertEquals("500", connection.statuses());
            assertFalse(connection.channel.isOpen());
            assertEquals(0, connection.inProgress());
        }
    }

    @Test
    void answerAfterTheConnectionEnded_isDropped() throws InterruptedException {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.send(post("/held", 5));
            connection.channel.close().syncUninterruptibly();
            connection.held.remove().complete(EmbeddedConnection.answer(0));
            assertEquals("", connection.statuses());
            assertEquals(0, connection.inProgress());
        }
    }

    @Test
    void connectionLostWithinABody_leavesNothingInProgress() throws InterruptedException {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
            connection.channel.pipeline().fireExceptionCaught(new IOException("reset"));
            assertFalse(connection.channel.isOpen());
            assertEquals(0, connection.inProgress());
        }
    }

    @Test
    void drainingWhileABodyIsDropped_endsBehindIt() throws InterruptedException {
        try (EmbeddedConnection connection = new EmbeddedConnection()) {
            connection.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
            assertEquals(0, connection.inProgress());
            assertTrue(connection.channel.isOpen());
            connection.send("defghi");
            assertFalse(connection.channel.isOpen());
        }
    }

    @Test
    void allBodiesTogetherTooLarge_answers503_andTheConnectionGoesOn() {
        BodyBudget budget = new BodyBudget(EmbeddedConnection.MAX_BYTES, 1500);
        Connections connections = new Connections(2);
        String head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n";
        try (EmbeddedConnection second = new EmbeddedConnection(budget, connections, null);
                EmbeddedConnection first = new EmbeddedConnection(budget, connections, null)) {
            first.send(head + "x");
            String refusal = second.send(head + "x").received();
            assertTrue(refusal.startsWith("HTTP/1.1 503 "), refusal);
            assertTrue(refusal.contains("retry-after: 1"), refusal);
            assertTrue(refusal.contains("too many bodies"), refusal);
            assertEquals("200", first.send("x".repeat(999)).statuses());
            assertEquals(
                    "200", second.send("x".repeat(999) + post("/echo", 1000)).statuses());
        }
    }

    @Test
    void connectionOverTheLimit_isRefused_untilOneIsClosed() {
        BodyBudget budget = new BodyBudget(EmbeddedConnection.MAX_BYTES, 1500);
        Connections connections = new Connections(1);
        try (EmbeddedConnection first = new EmbeddedConnection(budget, connections, null)) {
            for (int surplus = 0; surplus < 3; surplus++) {
                try (EmbeddedConnection second = new EmbeddedConnection(budget, connections, null)) {
                    assertEquals("503", second.statuses());
                    assertFalse(second.channel.isOpen());
                }
            }
            assertEquals("200", first.send(post("/echo", 0)).statuses());
        }
        try (EmbeddedConnection next = new EmbeddedConnection(budget, connections, null)) {
            assertEquals("200", next.send(post("/echo", 0)).statuses());
        }
    }
}
