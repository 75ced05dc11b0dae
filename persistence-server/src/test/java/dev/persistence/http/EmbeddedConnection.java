package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.body.BodyBudget;
import dev.persistence.http.endpoint.Endpoint;
import dev.persistence.http.endpoint.Route;
import dev.persistence.http.endpoint.Router;
import dev.persistence.http.security.Security;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.tracing.Tracing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection without a network, on the test's thread, with its own clock, and endpoints that are moved by hand:
 * {@code /echo} answers with the size of its body at once, {@code /later} when the loop comes round, {@code /held} when
 * the test says so, {@code /broken} is for the test to say.
 */
final class EmbeddedConnection implements AutoCloseable {

    static final Duration IDLE = Duration.ofSeconds(60);
    static final Duration REQUEST = Duration.ofSeconds(30);
    static final int MAX_BYTES = 1000;

    final BodyBudget budget;
    final Connections connections;
    final EmbeddedChannel channel;
    final Queue<CompletableFuture<Answer>> held = new ArrayDeque<>();

    static {
        Leaks.watch();
    }

    EmbeddedConnection() {
        this(new BodyBudget(MAX_BYTES, 1 << 20), new Connections(10), (body, loop) -> {
            throw new IllegalStateException("broken");
        });
    }

    EmbeddedConnection(BodyBudget budget, Connections connections, Endpoint.Work broken) {
        this.budget = budget;
        this.connections = connections;
        HttpSettings settings = Station.settings(REQUEST, IDLE, 10, Duration.ofSeconds(10));
        Map<String, Route> routes = Map.of(
                "/echo", Route.post("echo", working((body, loop) -> Endpoint.now(size(body)))),
                "/echo-get", Route.get("echo", working((body, loop) -> Endpoint.now(size(body)))),
                "/later",
                        Route.post("later", working((body, loop) -> {
                            Answer answer = size(body);
                            CompletableFuture<Answer> later = new CompletableFuture<>();
                            loop.execute(() -> later.complete(answer));
                            return later;
                        })),
                "/held",
                        Route.post("held", working((body, loop) -> {
                            CompletableFuture<Answer> answer = new CompletableFuture<>();
                            held.add(answer);
                            return answer;
                        })),
                "/broken", Route.post("broken", working(broken)));
        Router router = new Router(routes, Station.TYPES);
        channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline()
                .addLast(new HttpPipeline(
                        settings, router, connections, PipelineMetrics.NONE, budget, Security.none(), Tracing.OFF));
        channel.pipeline().fireChannelActive();
    }

    private static Endpoint working(Endpoint.Work work) {
        return new Endpoint() {
            @Override
            public boolean takesBody() {
                return true;
            }

            @Override
            public Work admit(HttpRequest head) {
                return work;
            }
        };
    }

    private static Answer size(ByteBuf body) {
        return answer(body.readableBytes());
    }

    static Answer answer(int size) {
        return Answer.json(HttpResponseStatus.OK, json -> json.writeNumberField("size", size));
    }

    /** A request with a body of this size. */
    static String post(String path, int bytes) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes);
    }

    /** Sends this, unless the service has closed the connection. */
    EmbeddedConnection send(String text) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    EmbeddedConnection endInput() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.runPendingTasks();
        return this;
    }

    /** Whether the client takes what is sent. */
    void taken(boolean taken) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, taken);
        channel.runPendingTasks();
    }

    /** Nothing more goes out, as if the client's end were full; what is written fails when the connection closes. */
    void holdBackAnswers() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
                ctx.channel().closeFuture().addListener(closed -> promise.tryFailure(new ClosedChannelException()));
            }
        });
    }

    void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    /** All that was sent to the client since the last call, without what depends on the clock. */
    String received() {
        channel.runPendingTasks();
        StringBuilder text = new StringBuilder();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            text.append(next.toString(StandardCharsets.UTF_8));
            next.release();
        }
        return text.toString().replaceAll("date: [^\r]*\r\n", "");
    }

    /** The statuses of all that was sent since the last call. */
    String statuses() {
        StringBuilder statuses = new StringBuilder();
        for (String line : received().split("\r\n", -1)) {
            int at = line.indexOf("HTTP/1.1 ");
            if (at >= 0) {
                statuses.append(statuses.isEmpty() ? "" : " ").append(line, at + 9, at + 12);
            }
        }
        return statuses.toString();
    }

    /** Ends the connection; nothing of it may be left. */
    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertEquals(0, budget.used(), "every body is given back");
        Leaks.assertNone();
    }

    /** How many requests the service would wait for if it stopped now. */
    int inProgress() throws InterruptedException {
        connections.drain();
        return connections.awaitRequests(Duration.ZERO);
    }
}
