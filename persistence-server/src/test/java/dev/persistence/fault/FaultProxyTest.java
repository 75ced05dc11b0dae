package dev.persistence.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy does what the fault tests rely on. */
@Timeout(30)
class FaultProxyTest {

    private static final int SOON_MILLIS = 150; // within this, nothing is to come

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private ServerSocket listener;
    private FaultProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connectThroughProxy() throws IOException {
        listener = new ServerSocket(0, 10, loopback);
        proxy = FaultProxy.to(listener.getLocalPort());
        client = new Socket(loopback, proxy.port());
        server = listener.accept();
        client.setSoTimeout(10_000);
        server.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listener.close();
        proxy.close();
    }

    @Test
    void free_passesEverythingBothWays() throws IOException {
        send(client, "to the server");
        send(server, "to the client");

        assertEquals("to the server", receive(server, 13));
        assertEquals("to the client", receive(client, 13));
        assertEquals(26, proxy.forwarded());
    }

    @Test
    void endOfInput_isPassedOnAndTheOtherDirectionStaysOpen() throws IOException {
        send(client, "last");
        client.shutdownOutput();

        assertEquals("last", new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        send(server, "answer");
        assertEquals("answer", receive(client, 6));
    }

    @Test
    void delayed_comesLaterAndInOrder() throws IOException {
        proxy.flow(Direction.TO_SERVER, Flow.delayed(Duration.ofMillis(100), Duration.ofMillis(20)));
        long start = System.nanoTime();
        for (int each = 0; each < 10; each++) {
            send(client, Integer.toString(each));
        }

        assertEquals("0123456789", receive(server, 10));
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(100).toNanos());
    }

    @Test
    void limited_passesNoFasterThanThat() throws IOException {
        proxy.flow(Direction.TO_SERVER, Flow.limited(100_000));
        byte[] bytes = new byte[30_000];
        long start = System.nanoTime();
        client.getOutputStream().write(bytes);

        assertArrayEquals(bytes, server.getInputStream().readNBytes(bytes.length));
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(290).toNanos());
    }

    @Test
    void stalled_keepsWhatComesUntilItPasses() throws IOException {
        proxy.flow(Direction.TO_SERVER, Flow.STALLED);
        send(client, "kept");

        assertSilent(server);
        send(server, "passes");
        assertEquals("passes", receive(client, 6));
        proxy.pass();
        assertEquals("kept", receive(server, 4));
    }

    @Test
    void reset_reachesBothSides() {
        proxy.end(End.RESET);

        assertReset(client);
        assertReset(server);
        await().until(() -> proxy.open() == 0);
    }

    @Test
    void halfClosed_endsOneDirectionOnly() throws IOException {
        proxy.halfClose(Direction.TO_CLIENT);

        assertEquals(-1, client.getInputStream().read());
        send(client, "still passes");
        assertEquals("still passes", receive(server, 12));
    }

    @Test
    void cut_passesExactlySoManyBytes() throws IOException {
        proxy.cut(Direction.TO_SERVER, 5, End.CLOSE);
        send(client, "12345678");

        assertEquals("12345", new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(-1, client.getInputStream().read());
    }

    @Test
    void cutAfterText_waitsForTheTextInWhateverPieces() throws IOException {
        proxy.cutAfter(Direction.TO_SERVER, "commit", Direction.TO_CLIENT, 2, End.CLOSE);
        send(server, "before");
        send(client, "com");
        assertEquals("com", receive(server, 3));
        send(client, "mit!");
        assertEquals("mit!", receive(server, 4));
        send(server, "after");

        assertEquals("beforeaf", new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void cutToStall_isSilentUntilItPasses() throws IOException {
        proxy.cut(Direction.TO_SERVER, 2, End.STALL);
        send(client, "1234");

        assertEquals("12", receive(server, 2));
        assertSilent(server);
        proxy.pass();
        assertEquals("34", receive(server, 2));
    }

    @Test
    void cut_isSpentByTheFirstConnection() throws IOException {
        proxy.cut(Direction.TO_SERVER, 0, End.RESET);
        send(client, "x");
        assertReset(client);

        try (Socket next = new Socket(loopback, proxy.port());
                Socket accepted = listener.accept()) {
            send(next, "y");
            assertEquals("y", receive(accepted, 1));
        }
    }

    @Test
    void refused_refusesNewConnectionsOnly() throws IOException {
        proxy.accept(Accepting.REFUSED);

        assertThrows(ConnectException.class, () -> new Socket(loopback, proxy.port()));
        send(client, "open");
        assertEquals("open", receive(server, 4));
        proxy.pass();
        new Socket(loopback, proxy.port()).close();
    }

    @Test
    void blackhole_doesNotAnswerNewConnections() throws IOException {
        proxy.accept(Accepting.BLACKHOLE);

        try (Socket next = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(loopback, proxy.port());
            assertThrows(SocketTimeoutException.class, () -> next.connect(address, SOON_MILLIS));
        }
        proxy.pass();
        new Socket(loopback, proxy.port()).close();
    }

    @Test
    void serverThatIsGone_resetsTheClient() throws IOException {
        listener.close();

        try (Socket next = new Socket(loopback, proxy.port())) {
            next.setSoTimeout(10_000);
            assertReset(next);
        }
    }

    private static void send(Socket from, String text) throws IOException {
        from.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String receive(Socket at, int bytes) throws IOException {
        InputStream in = at.getInputStream();
        return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SOON_MILLIS);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout(10_000);
    }

    private static void assertReset(Socket socket) {
        SocketException failure = assertThrows(
                SocketException.class, () -> socket.getInputStream().read());
        assertTrue(failure.getMessage().contains("reset"), failure.getMessage());
    }
}
