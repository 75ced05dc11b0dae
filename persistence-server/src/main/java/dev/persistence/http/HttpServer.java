package dev.persistence.http;

import dev.persistence.http.body.BodyBudget;
import dev.persistence.http.endpoint.DatabaseHealth;
import dev.persistence.http.endpoint.RecordFlow;
import dev.persistence.http.endpoint.Router;
import dev.persistence.http.endpoint.Routes;
import dev.persistence.http.endpoint.ServiceInfo;
import dev.persistence.http.security.Security;
import dev.persistence.telemetry.Exposition;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP station: listens, and turns requests into records on the ring. {@link #start}, and to stop {@link
 * #beginDraining}, {@link #awaitRequests}, {@link #close}, all by one thread; once closed, nothing more is published.
 */
public final class HttpServer implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final long CLOSE_SECONDS = 10;

    private final HttpSettings settings;
    private final Transport transport;
    private final Connections connections;
    private final BodyBudget budget;
    private final HttpPipeline pipeline;

    // Owned by the thread that starts and stops the service.
    private EventLoopGroup eventLoops;
    private Channel listener;

    /**
     * A server that does not listen yet.
     *
     * @param security tokens and TLS; whoever opened it closes it, after this server
     */
    public HttpServer(
            HttpSettings settings,
            RecordFlow flow,
            DatabaseHealth database,
            Exposition exposition,
            ServiceInfo info,
            Security security) {
        this(settings, flow, database, exposition, info, security, Transport.best());
    }

    HttpServer(
            HttpSettings settings,
            RecordFlow flow,
            DatabaseHealth database,
            Exposition exposition,
            ServiceInfo info,
            Security security,
            Transport transport) {
        this.settings = settings;
        this.transport = transport;
        this.connections = new Connections(settings.maxConnections());
        this.budget = BodyBudget.forRequestsOf(settings.maxRequestBytes());
        boolean needsTokens = !security.guard().isOpen();
        Router router =
                Routes.of(settings.forEndpoints(needsTokens), flow, database, exposition, info, connections::draining);
        this.pipeline =
                new HttpPipeline(settings, router, connections, flow.metrics(), budget, security, flow.tracing());
    }

    /**
     * Begins to listen.
     *
     * @throws ListenException if that cannot be; the message names host, port and reason
     */
    public void start() {
        eventLoops = new MultiThreadIoEventLoopGroup(threads(), threadFactory(), transport.handlers());
        ChannelFuture bound = new ServerBootstrap()
                .group(eventLoops)
                .channel(transport.listener())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true) // a client may end its input and await the answer
                .childHandler(pipeline)
                .bind(settings.host(), settings.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new ListenException(
                    "service.host, service.port: cannot listen on " + settings.host() + ":" + settings.port() + ": "
                            + reason(bound.cause()),
                    bound.cause());
        }
        listener = bound.channel();
    }

    private static String reason(Throwable cause) {
        return cause instanceof UnresolvedAddressException ? "the host name is unknown" : cause.getMessage();
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /**
     * Not ready any more: accepts no connection, closes those without a request, and refuses new requests on the
     * others. Requests in progress go on.
     */
    public void beginDraining() {
        listener.close().awaitUninterruptibly();
        connections.drain();
    }

    /**
     * Waits, after {@link #beginDraining}, until the requests in progress are answered.
     *
     * @return how many are not answered when the time is over; {@link #close} abandons them
     */
    public int awaitRequests(Duration time) throws InterruptedException {
        return connections.awaitRequests(time);
    }

    /** Ends the event loops, and all connections with them. */
    @Override
    public void close() {
        if (eventLoops == null) {
            return;
        }
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        connections.close(Duration.ofSeconds(CLOSE_SECONDS));
        eventLoops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Open connections. Any thread, as all that follow. */
    public int connections() {
        return connections.open();
    }

    public int connectionsLimit() {
        return connections.limit();
    }

    /** Requests whose answer has not been sent. */
    public int requestsInProgress() {
        return connections.requestsInProgress();
    }

    /** Memory of all bodies that are being received. */
    public long receivedBytes() {
        return budget.used();
    }

    public long receivedBytesLimit() {
        return budget.limit();
    }

    /** Whether {@link #beginDraining} was called. */
    public boolean draining() {
        return connections.draining();
    }

    /** A core is never idle for want of a loop, and a machine of many cores keeps most for the database. */
    private static int threads() {
        return Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
    }

    private static ThreadFactory threadFactory() {
        AtomicInteger made = new AtomicInteger();
        return new DefaultThreadFactory("http") {
            @Override
            protected Thread newThread(Runnable task, String name) {
                return super.newThread(task, "http-" + made.incrementAndGet());
            }
        };
    }
}
