package dev.persistence.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send slowly, or never take what they asked for: they cost a connection for a while and nothing else. */
@Timeout(60)
class SlowClientsTest {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int MIB = 1 << 20;

    @Test
    void headInSingleBytes_isCutOffByTheRequestTimeout() {
        try (Station station = Station.start(Station.settings(SHORT, LONG, 100, LONG));
                RawClient client = station.connect()) {
            assertEquals(408, drip(client, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(10_000)));
        }
    }

    @Test
    void bodyInSingleBytes_isCutOffByTheRequestTimeout() {
        try (Station station = Station.start(Station.settings(SHORT, LONG, 100, LONG));
                RawClient client = station.connect()) {
            client.send("POST " + Station.TASKS + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n");
            assertEquals(408, drip(client, " ".repeat(10_000)));
            await().until(() -> station.server.receivedBytes() == 0);
        }
    }

    @Test
    void chunksOfOneByte_areCutOffByTheRequestTimeout() {
        try (Station station = Station.start(Station.settings(SHORT, LONG, 100, LONG));
                RawClient client = station.connect()) {
            client.send("POST " + Station.TASKS + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertEquals(408, drip(client, "1\r\n \r\n".repeat(2000)));
        }
    }

    @Test
    void clientThatHasGone_isForgottenOnceItIsIdle() {
        try (Station station = Station.start(Station.settings(LONG, SHORT, 1, LONG));
                RawClient gone = station.connect()) {
            gone.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(200, gone.reply().status()); // and is not heard of again, as behind a network that broke
            await().until(() -> {
                try (RawClient next = station.connect()) {
                    return next.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                    .reply()
                                    .status()
                            == 200;
                }
            });
        }
    }

    /** Sends one byte after another until it is answered; returns the status. */
    private static int drip(RawClient client, String text) {
        for (int next = 0; next < text.length() && !client.answered(); next++) {
            client.send(text.substring(next, next + 1));
            LockSupport.parkNanos(5_000_000);
        }
        RawClient.Reply reply = client.reply();
        assertTrue(reply.closes());
        return reply.status();
    }

    @Test
    void clientsThatNeverTakeTheirAnswers_holdLittleMemory() throws IOException {
        byte[] requests =
                "GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        int clients = 10;
        List<SocketChannel> greedy = new ArrayList<>();
        try (Station station = Station.start();
                Selector room = Selector.open()) {
            long before = memory();
            for (int client = 0; client < clients; client++) {
                greedy.add(pipeline(station, room, requests));
            }
            long each = (memory() - before) / clients;
            assertTrue(
                    each < MIB / 2, each + " bytes a client"); // a read, what is above the high-water mark, and slack
            assertEquals(200, station.get("/health/live").statusCode());
        }
        System.gc(); // the answers that nobody took are given back when the service stops, or this finds them
        Leaks.assertNone();
        for (SocketChannel client : greedy) {
            client.close();
        }
    }

    /** Sends until the service takes no more. */
    private static SocketChannel pipeline(Station station, Selector room, byte[] requests) throws IOException {
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_RCVBUF, 8192);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), station.server.port()));
        client.configureBlocking(false);
        SelectionKey key = client.register(room, SelectionKey.OP_WRITE);
        ByteBuffer toSend = ByteBuffer.wrap(requests);
        while (room.select(100) > 0) {
            room.selectedKeys().clear();
            client.write(toSend);
            if (!toSend.hasRemaining()) {
                toSend.rewind();
            }
        }
        key.cancel();
        return client;
    }

    private static long memory() {
        var metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }
}
