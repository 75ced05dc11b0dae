package dev.persistence.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A TCP proxy on a free port of 127.0.0.1 that passes bytes to a server and back, and breaks that in the ways of a network
 * when it is told to. Every change holds from the return of its method, for connections that are open and for those to
 * come, until {@link #pass()}. Any thread.
 */
public final class FaultProxy implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final InetSocketAddress server;
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final int port;

    // Owned by the event loop.
    private final Map<Direction, Flow> flows = new EnumMap<>(Direction.class);
    private final Set<Link> links = new LinkedHashSet<>();
    private CutOrder cut;
    private long forwardedByClosed;

    // Owned by whoever holds this object's lock.
    private Accepting accepting = Accepting.NORMALLY;
    private Channel listener;
    private FullBacklog blackhole;

    private FaultProxy(InetSocketAddress server) {
        this.server = server;
        for (Direction direction : Direction.values()) {
            flows.put(direction, Flow.FREE);
        }
        this.port = FreePort.find();
        this.listener = listen(port);
    }

    public static FaultProxy to(int port) {
        return new FaultProxy(new InetSocketAddress(LOOPBACK, port));
    }

    /** Where clients connect to. */
    public int port() {
        return port;
    }

    /** No fault any more: bytes flow, cuts that did not happen are forgotten, connections are accepted. */
    public void pass() {
        onLoop(() -> {
            cut = null;
            links.forEach(Link::heal);
        });
        flow(Flow.FREE);
        accept(Accepting.NORMALLY);
    }

    public void flow(Flow flow) {
        for (Direction direction : Direction.values()) {
            flow(direction, flow);
        }
    }

    public void flow(Direction direction, Flow flow) {
        onLoop(() -> {
            flows.put(direction, flow);
            eachLink(link -> link.lane(direction).flow(flow));
        });
    }

    /** Lets so many bytes pass in a direction, and cuts the first connection that has sent them. */
    public void cut(Direction direction, long bytes, End end) {
        cutAfter(direction, "", direction, bytes, end);
    }

    /**
     * Waits until a text passes in one direction; from there on, lets so many bytes pass in a direction, and cuts. One
     * connection is cut, the first that gets there.
     */
    public void cutAfter(Direction watched, String text, Direction direction, long bytes, End end) {
        onLoop(() -> {
            cut = new CutOrder(watched, text.getBytes(StandardCharsets.UTF_8), direction, bytes, end);
            links.forEach(link -> link.obey(cut));
        });
    }

    /** Ends all connections that are open now. */
    public void end(End how) {
        onLoop(() -> eachLink(link -> link.end(how)));
    }

    /** A FIN to the receivers of one direction, in all connections that are open now; the other direction goes on. */
    public void halfClose(Direction direction) {
        onLoop(() -> eachLink(link -> link.lane(direction).halfClose()));
    }

    /** What becomes of connections from now on; open ones stay as they are. */
    public synchronized void accept(Accepting how) {
        if (how == accepting) {
            return;
        }
        if (blackhole != null) {
            blackhole.close();
            blackhole = null;
        }
        if (listener != null) {
            listener.close().syncUninterruptibly();
            listener = null;
            FreePort.await(port);
        }
        switch (how) {
            case NORMALLY -> listener = listen(port);
            case BLACKHOLE -> blackhole = FullBacklog.on(new InetSocketAddress(LOOPBACK, port));
            case REFUSED -> {}
        }
        accepting = how;
    }

    /** Connections that are open now. */
    public int open() {
        return fromLoop(links::size);
    }

    /** Whether a cut has come to pass that stalls a connection. */
    public boolean stalled() {
        return fromLoop(() -> links.stream().anyMatch(Link::stalled));
    }

    /** Bytes that have passed, both ways. */
    public long forwarded() {
        return fromLoop(() ->
                forwardedByClosed + links.stream().mapToLong(FaultProxy::bytes).sum());
    }

    @Override
    public synchronized void close() {
        if (blackhole != null) {
            blackhole.close();
        }
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static long bytes(Link link) {
        return link.lane(Direction.TO_SERVER).forwarded()
                + link.lane(Direction.TO_CLIENT).forwarded();
    }

    private Channel listen(int onPort) {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        open(client);
                    }
                })
                .bind(LOOPBACK, onPort)
                .syncUninterruptibly()
                .channel();
    }

    private void open(SocketChannel client) {
        Link link = new Link(client, flows, this::forgetClosed);
        links.add(link);
        if (cut != null) {
            link.obey(cut);
        }
        client.pipeline().addLast(link.lane(Direction.TO_SERVER));
        new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(link.lane(Direction.TO_CLIENT))
                .connect(server)
                .addListener((ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        link.connected((SocketChannel) connected.channel());
                    } else {
                        link.end(End.RESET); // as near to "refused" as an accepted connection can come
                    }
                });
    }

    private void forgetClosed() {
        List<Link> closed = links.stream().filter(link -> !link.isOpen()).toList();
        forwardedByClosed += closed.stream().mapToLong(FaultProxy::bytes).sum();
        closed.forEach(links::remove);
    }

    private void eachLink(Consumer<Link> action) {
        List.copyOf(links).forEach(action); // an action may end a link, which removes it
    }

    private void onLoop(Runnable change) {
        loop.submit(change).syncUninterruptibly();
    }

    private <T> T fromLoop(Supplier<T> value) {
        List<T> result = new ArrayList<>();
        onLoop(() -> result.add(value.get()));
        return result.get(0);
    }
}
