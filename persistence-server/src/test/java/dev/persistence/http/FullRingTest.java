package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refusals while the ring of 64 has room for 24: requests of 40 are refused unread, smaller ones are taken. */
class FullRingTest {

    private static final String FORTY = Station.sessions(40);
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

    private Station station;
    private RawClient client;

    @BeforeEach
    void fill() {
        station = Station.start();
        assertEquals(202, station.post(Station.SESSIONS, FORTY).statusCode());
        RawClient.Reply tried = send(FORTY);
        assertEquals(503, tried.status());
        assertTrue(tried.body().contains("no room for 40"), tried.body());
    }

    @AfterEach
    void stop() {
        client.close();
        station.close();
    }

    @Test
    void requestNoSmaller_isRefusedByItsHead_andTheConnectionGoesOn() {
        client.send(head("Content-Length: " + FORTY.length()));
        RawClient.Reply reply = client.reply();
        assertEquals(503, reply.status());
        assertEquals("1", reply.headers().get("retry-after"));
        assertTrue(reply.body().contains("no larger just found no room"), reply.body());
        assertFalse(reply.closes());
        client.send(FORTY).send(LIVE);
        assertEquals(200, client.reply().status());
        assertEquals(24, station.ring.remaining());
    }

    @Test
    void chunkedRequestNoSmaller_isRefusedAsSoonAsItIsKnown() {
        client.send(head("Transfer-Encoding: chunked"));
        String most = FORTY.substring(0, FORTY.length() - 1);
        client.send(Integer.toHexString(most.length()) + "\r\n" + most + "\r\n");
        client.send("1\r\n}\r\n");
        assertEquals(503, client.reply().status());
        client.send("1\r\n \r\n0\r\n\r\n").send(LIVE);
        assertEquals(200, client.reply().status());
    }

    @Test
    void expectation_isAnsweredFinally() {
        client.send(head("Expect: 100-continue\r\nContent-Length: " + FORTY.length()));
        RawClient.Reply reply = client.reply();
        assertEquals(503, reply.status());
        assertTrue(reply.closes());
        assertTrue(client.ended());
    }

    @Test
    void smallerRequest_isTaken() {
        assertEquals(202, send(Station.sessions(24)).status());
        assertEquals(0, station.ring.remaining());
        assertEquals(503, send(Station.sessions(1)).status());
        client.send(head("Content-Length: " + Station.sessions(1).length()));
        assertEquals(503, client.reply().status());
    }

    @Test
    void freedSlots_areTriedAtOnce() {
        station.consumer.write(station.ring.markFlush(), List.of());
        assertEquals(202, send(FORTY).status());
    }

    @Test
    void whatIsWrongWithARequest_isToldAllTheSame() {
        client.send(head("Content-Type: text/plain\r\nContent-Length: " + FORTY.length()) + FORTY);
        assertEquals(415, client.reply().status());
        client.send(head("Content-Length: " + (Station.MAX_BYTES + 1)) + " ".repeat(Station.MAX_BYTES + 1));
        assertEquals(413, client.reply().status());
    }

    @Test
    void packedRequest_isRememberedByWhatItUnpacksTo() throws IOException {
        station.consumer.write(station.ring.markFlush(), List.of());
        assertEquals(202, send(FORTY).status());
        byte[] packed = gzip(FORTY);
        client.send(head("Content-Encoding: gzip\r\nContent-Length: " + packed.length))
                .send(packed);
        assertEquals(503, client.reply().status());
        assertTrue(packed.length < Station.sessions(20).length());
        assertEquals(202, send(Station.sessions(20)).status());
    }

    @Test
    void requestThatNeverFits_keepsNobodyElseOut() {
        try (Station small = new Station(Station.settings(), 8, () -> null);
                RawClient other = small.connect()) {
            String tooMany = Station.sessions(9);
            other.send(head("Content-Length: " + tooMany.length()) + tooMany);
            RawClient.Reply reply = other.reply();
            assertEquals(503, reply.status());
            assertEquals("60", reply.headers().get("retry-after"));
            String fits = Station.sessions(8) + " ".repeat(1000);
            other.send(head("Content-Length: " + fits.length()) + fits);
            assertEquals(202, other.reply().status());
        }
    }

    private RawClient.Reply send(String body) {
        if (client == null) {
            client = station.connect();
        }
        return client.send(head("Content-Length: " + body.length()) + body).reply();
    }

    private static String head(String headers) {
        return "POST " + Station.SESSIONS + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
