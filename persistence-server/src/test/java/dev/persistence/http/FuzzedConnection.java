package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.persistence.http.body.BodyBudget;
import dev.persistence.http.endpoint.RecordFlow;
import dev.persistence.http.endpoint.Router;
import dev.persistence.http.endpoint.Routes;
import dev.persistence.http.endpoint.ServiceInfo;
import dev.persistence.http.security.Security;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.Mark;
import dev.persistence.ring.RecordRing;
import dev.persistence.ring.Settled;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.Exposition;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.tracing.Tracing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The service's whole HTTP station behind a connection without a network, on one thread and a clock that stands still.
 * Whoever waits for a flush gets it at once; other records stay on the ring. Closing it checks that nothing is left.
 */
public final class FuzzedConnection implements AutoCloseable {

    public static final int MAX_BYTES = 1000;
    public static final int MAX_RECORDS = 5;
    public static final int RING_SIZE = 16;

    private static final RecordTypes TYPES = Declarations.read(ConfigFactory.parseResources("record-types.conf"));
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final HttpSettings SETTINGS = new HttpSettings(
            "127.0.0.1", 0, MAX_BYTES, MAX_RECORDS, REQUEST, IDLE, 10, Duration.ofSeconds(10), ZoneOffset.UTC);
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");
    private static final ArrivalClock CLOCK = new ArrivalClock(Clock.fixed(NOW, ZoneOffset.UTC), () -> 42);
    private static final RecordRing RING = new RecordRing(RING_SIZE, 1 << 20, 2, 20, Duration.ofSeconds(1), CLOCK);
    private static final RecordRing.Consumer CONSUMER = RING.consumer();

    /** Exact about what is not given back, where the library's leak detection has to wait for the collector. */
    private static final UnpooledByteBufAllocator MEMORY = new UnpooledByteBufAllocator(false);

    private static final Router ROUTER = Routes.of(
            SETTINGS.forEndpoints(false),
            new RecordFlow(TYPES, RING, CLOCK, PipelineMetrics.NONE, new FixedStatistics()),
            () -> CompletableFuture.completedFuture(true),
            Exposition.NONE,
            new ServiceInfo("1.2.3", 1000, Duration.ofSeconds(30)),
            () -> false);

    private final long claimedBefore = CONSUMER.claimed();
    private final BodyBudget budget = new BodyBudget(MAX_BYTES, 1 << 20);
    private final Connections connections = new Connections(10);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    public FuzzedConnection() {
        channel.freezeTime();
        channel.config().setAllocator(MEMORY);
        channel.pipeline()
                .addLast(new HttpPipeline(
                        SETTINGS, ROUTER, connections, PipelineMetrics.NONE, budget, Security.none(), Tracing.OFF));
        channel.pipeline().fireChannelActive();
    }

    /** Sends these bytes in one piece, unless the service has closed the connection. */
    public void send(byte[] bytes, int from, int to) {
        if (channel.isOpen() && to > from) {
            channel.writeInbound(MEMORY.heapBuffer(to - from).writeBytes(bytes, from, to - from));
            goOn();
        }
    }

    /** The client sends no more. */
    public void endInput() {
        if (channel.isOpen()) {
            channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            goOn();
        }
    }

    /** Whether the client takes what it is sent. */
    public void taken(boolean taken) {
        if (channel.isOpen()) {
            channel.unsafe().outboundBuffer().setUserDefinedWritability(1, taken);
            goOn();
        }
    }

    public void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        goOn();
    }

    public void drain() {
        connections.drain();
        goOn();
    }

    /** Everything that can happen happens; who waits for records gets them written. */
    private void goOn() {
        channel.runPendingTasks();
        for (Mark mark = CONSUMER.nextMark(); mark != null; mark = CONSUMER.nextMark()) {
            settle(mark);
            channel.runPendingTasks();
        }
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            byte[] bytes = new byte[next.readableBytes()];
            next.readBytes(bytes).release();
            received.writeBytes(bytes);
        }
        channel.checkException();
    }

    private static void settle(Mark mark) {
        long first = CONSUMER.settled() + 1;
        long last = CONSUMER.claimed();
        if (last >= first) {
            List<Long> written = new ArrayList<>(Collections.nCopies(TYPES.size(), 0L));
            for (long sequence = first; sequence <= last; sequence++) {
                int type = CONSUMER.slot(sequence).type().ordinal();
                written.set(type, written.get(type) + 1);
            }
            mark.settled(new Settled(first, last, written, List.of(), 0));
            CONSUMER.settle(last);
        }
        mark.complete(CLOCK.nanos());
    }

    /** All that was sent to the client. */
    public byte[] received() {
        return received.toByteArray();
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Records that went onto the ring since the connection began. */
    public long taken() {
        return CONSUMER.claimed() - claimedBefore;
    }

    /** Ends the connection. Nothing of it may be left: no request in progress, no memory, no slot. */
    @Override
    public void close() {
        try {
            channel.finishAndReleaseAll();
            connections.drain();
            assertEquals(0, connections.awaitRequests(Duration.ZERO), "requests in progress");
            assertEquals(0, budget.used(), "bodies");
            long memory = MEMORY.metric().usedHeapMemory() + MEMORY.metric().usedDirectMemory();
            assertEquals(0, memory, "bytes of buffers");
            assertTrue(CONSUMER.nextMark() == null, "marks");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            CONSUMER.settle(CONSUMER.claimed());
        }
        assertEquals(RING_SIZE, RING.remaining(), "slots");
        assertEquals(0, RING.unwrittenBytes(), "bytes of the ring's budget");
    }
}
