package dev.persistence.http;

import dev.persistence.http.body.BodyBudget;
import dev.persistence.http.endpoint.Router;
import dev.persistence.http.security.Security;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.tracing.Tracing;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A listener on a free port of the loopback address with the transport, the number of event loops and the socket options
 * of {@link HttpServer}, but any pipeline: what differs between two servers is then what they do with a request.
 */
public final class BareListener implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final EventLoopGroup eventLoops;
    private final Channel listener;

    private BareListener(EventLoopGroup eventLoops, Channel listener) {
        this.eventLoops = eventLoops;
        this.listener = listener;
    }

    /** Listens, and gives each connection this pipeline. */
    public static BareListener start(ChannelInitializer<Channel> pipeline) {
        Transport transport = Transport.best();
        int threads = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
        EventLoopGroup eventLoops = new MultiThreadIoEventLoopGroup(threads, transport.handlers());
        Channel listener = new ServerBootstrap()
                .group(eventLoops)
                .channel(transport.listener())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(pipeline)
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        return new BareListener(eventLoops, listener);
    }

    /** Listens with the service's own pipeline, and what is behind its routes in the hands of the caller. */
    public static BareListener start(HttpSettings settings, PipelineMetrics metrics, Router router) {
        Connections connections = new Connections(settings.maxConnections());
        BodyBudget budget = BodyBudget.forRequestsOf(settings.maxRequestBytes());
        return start(new HttpPipeline(settings, router, connections, metrics, budget, Security.none(), Tracing.OFF));
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Ends the listener and all connections. */
    @Override
    public void close() {
        eventLoops.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
