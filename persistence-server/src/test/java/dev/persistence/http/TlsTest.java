package dev.persistence.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.persistence.http.security.Certificates;
import dev.persistence.http.security.Security;
import dev.persistence.http.security.SecuritySettings;
import dev.persistence.ring.Mark;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What holds in the clear holds over TLS: the same answers, and connections that end the same way. */
@ParameterizedClass
@CsvSource({"EPOLL, TLSv1.3", "NIO, TLSv1.2"})
class TlsTest {

    private static final String GET = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

    private static X509Bundle authority;
    private static X509Bundle server;

    @Parameter(0)
    Transport transport;

    @Parameter(1)
    String protocol;

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();
    private SSLSocketFactory sockets;
    private Security security;
    private Station station;

    @BeforeAll
    static void issue() throws Exception {
        authority = Certificates.authority("authority");
        server = Certificates.issued(authority, "server");
    }

    @BeforeEach
    void start() throws Exception {
        errors.start();
        logger().addAppender(errors);
        logger().setAdditive(false);
        logger().setLevel(Level.ERROR);
        sockets = Certificates.context(authority, Optional.empty(), protocol).getSocketFactory();
        startWith(Optional.empty(), Station.settings());
    }

    private void startWith(Optional<X509Bundle> clients, HttpSettings settings) throws Exception {
        if (station != null) {
            station.close();
            security.close();
        }
        SecuritySettings.Tls tls = Certificates.write(folder, server, clients);
        security = Certificates.open(new SecuritySettings(List.of(), Optional.empty(), Optional.of(tls)));
        station = Station.startOn(transport, settings, security);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(errors);
        logger().setAdditive(true);
        logger().setLevel(null);
        security.close();
        station.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Security.class.getPackageName());
    }

    @Test
    void requests_areAnswered() {
        try (RawClient client = connect()) {
            client.send(post(Station.SESSIONS, Station.sessions(3)) + GET);
            assertEquals(202, client.reply().status());
            assertEquals(200, client.reply().status());
        }
    }

    @Test
    void largeBody_arrivesWhole() {
        try (RawClient client = connect()) {
            String padding = " ".repeat(Station.MAX_BYTES - 200);
            client.send(post(Station.SESSIONS, padding + Station.sessions(1)));
            assertEquals(202, client.reply().status());
        }
    }

    @Test
    void refusal_dropsTheBodyAndGoesOn() {
        try (RawClient client = connect()) {
            client.send(post("/nowhere", "x".repeat(50_000)) + GET);
            assertEquals(404, client.reply().status());
            assertEquals(200, client.reply().status());
        }
    }

    @Test
    void bodyThatGrowsTooLarge_isAnsweredAndEndsInOrder() {
        try (RawClient client = connect()) {
            client.send("POST " + Station.SESSIONS
                    + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n");
            String chunk = "c350\r\n" + " ".repeat(50_000) + "\r\n";
            for (int chunks = 0; chunks < 6; chunks++) {
                client.send(chunk);
            }
            RawClient.Reply reply = client.reply();
            assertEquals(413, reply.status());
            assertTrue(client.ended());
        }
    }

    @Test
    void announcedBodyFarTooLarge_isAnsweredWhileTheClientStillSends() {
        try (RawClient client = connect()) {
            client.send("POST " + Station.SESSIONS + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
            client.send("x".repeat(200_000));
            RawClient.Reply reply = client.reply();
            assertEquals(413, reply.status());
            assertTrue(reply.closes());
            assertTrue(client.ended());
        }
    }

    @Test
    void badMessage_isAnsweredAndEndsInOrder() {
        try (RawClient client = connect()) {
            client.send("rubbish\r\n\r\n");
            assertEquals(400, client.reply().status());
            assertTrue(client.ended());
        }
    }

    @Test
    void halfClosedClient_getsItsAnswer() {
        assumeTrue(
                protocol.equals("TLSv1.3"),
                "in TLS 1.2 the end of the client's direction is the end of both, by the standard");
        try (RawClient client = connect()) {
            client.send(post(Station.FLUSH, "")).endInput();
            station.consumer.write(station.consumer.awaitMark(), List.of());
            assertEquals(200, client.reply().status());
            assertTrue(client.ended());
        }
    }

    @Test
    void draining_answersWhatIsInProgressAndEndsInOrder() throws Exception {
        try (RawClient busy = connect();
                RawClient idle = connect()) {
            idle.send(GET).reply();
            busy.send(post(Station.FLUSH, ""));
            Mark mark = station.consumer.awaitMark();
            station.server.beginDraining();
            assertTrue(idle.ended());
            station.consumer.write(mark, List.of());
            RawClient.Reply reply = busy.reply();
            assertEquals(200, reply.status());
            assertTrue(reply.closes());
            assertTrue(busy.ended());
            assertEquals(0, station.server.awaitRequests(Duration.ofSeconds(10)));
        }
    }

    @Test
    void plainHttp_endsInAClosedConnectionAndIsCounted() {
        try (RawClient client = new RawClient(station.server.port())) {
            client.send(GET);
            assertThrows(UncheckedIOException.class, client::reply);
        }
        await().until(() -> security.tls().orElseThrow().failedHandshakes() == 1);
        assertEquals(List.of(), List.copyOf(station.metrics.answers));
    }

    @Test
    void handshakeThatNeverComes_endsAfterTheRequestTimeout() throws Exception {
        Duration soon = Duration.ofSeconds(1);
        startWith(Optional.empty(), Station.settings(soon, Duration.ofSeconds(20), 100, soon));
        try (RawClient silent = new RawClient(station.server.port());
                RawClient stalled = new RawClient(station.server.port())) {
            stalled.send(new byte[] {22, 3, 1, 2, 0, 1}); // the beginning of a hello
            assertTrue(silent.isOver());
            assertTrue(stalled.isOver());
        }
    }

    @Test
    void slowRequest_isAnswered408() throws Exception {
        Duration soon = Duration.ofSeconds(2); // the handshake has no longer, either
        startWith(Optional.empty(), Station.settings(soon, Duration.ofSeconds(20), 100, soon));
        try (RawClient client = connect()) {
            client.send("GET / HT");
            assertEquals(408, client.reply().status());
            assertTrue(client.ended());
        }
    }

    @Test
    void connectionOverTheLimit_isClosed() throws Exception {
        Duration long20 = Duration.ofSeconds(20);
        startWith(Optional.empty(), Station.settings(long20, long20, 1, long20));
        try (RawClient first = connect()) {
            first.send(GET).reply();
            try (RawClient second = new RawClient(station.server.port())) {
                assertTrue(second.isOver());
            }
        }
    }

    @Test
    void clientAuthority_letsInWhoHasACertificateOfIt() throws Exception {
        X509Bundle clients = Certificates.authority("clients");
        startWith(Optional.of(clients), Station.settings());
        X509Bundle known = Certificates.issued(clients, "known");
        X509Bundle stranger = Certificates.issued(authority, "stranger");

        assertEquals(200, getAs(Optional.of(known)));
        assertEquals(-1, getAs(Optional.empty()));
        assertEquals(-1, getAs(Optional.of(stranger)));
    }

    private int getAs(Optional<X509Bundle> own) throws Exception {
        SSLSocketFactory mine = Certificates.context(authority, own, protocol).getSocketFactory();
        try (RawClient client = new RawClient(mine, station.server.port())) {
            return client.send(GET).reply().status();
        } catch (UncheckedIOException refused) {
            return -1;
        }
    }

    @Test
    void changedCertificate_isUsedByNewConnections() throws Exception {
        Certificates.write(folder, Certificates.issued(authority, "next"), Optional.empty());
        await().until(() -> servedName().equals("CN=next"));
    }

    @Test
    void changedCertificateWithoutItsKey_leavesTheOldOneInForce() throws Exception {
        BigInteger before = served().getSerialNumber();
        Files.writeString(
                folder.resolve("server.pem"),
                Certificates.issued(authority, "next").getCertificatePathPEM());
        await().until(() -> errors.list.size() == 1);
        assertEquals(
                "service.tls-certificate, service.tls-key: changed, and cannot be used; what was read before stays in"
                        + " force: service.tls-key: " + folder.resolve("server.key")
                        + " (expected the key of the certificate in service.tls-certificate; it is another one's)",
                errors.list.get(0).getFormattedMessage());
        assertEquals(before, served().getSerialNumber());
    }

    private String servedName() throws IOException {
        return served().getSubjectX500Principal().getName();
    }

    private X509Certificate served() throws IOException {
        try (SSLSocket socket = (SSLSocket) sockets.createSocket("127.0.0.1", station.server.port())) {
            socket.startHandshake();
            assertFalse(socket.getSession().getPeerCertificates().length == 0);
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private RawClient connect() {
        return new RawClient(sockets, station.server.port());
    }

    private static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
