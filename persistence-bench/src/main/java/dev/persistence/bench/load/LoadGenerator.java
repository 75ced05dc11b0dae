package dev.persistence.bench.load;

import dev.persistence.bench.workload.Workload;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends workloads to a service over HTTP/1.1, a lane over a connection of its own, all by one thread: one thread can send
 * several times what the service takes, and a second one would take a core from it. May be used any number of times, one
 * run after another.
 */
public final class LoadGenerator {

    private static final boolean EPOLL = Epoll.isAvailable();
    private static final int CONNECT_MILLIS = 10_000;
    private static final long CLOSE_SECONDS = 10;

    private final String host;
    private final int port;

    /** A generator for the service at this address. */
    public LoadGenerator(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /**
     * Connects, sends, and returns when the last answer has come. What goes wrong on the way ends the run and is the
     * result's {@link LoadResult#failure}.
     *
     * @param workload of which the whole or a part is used up
     * @param listener called by the generator's thread
     * @throws LoadException if the service cannot be connected to
     */
    public LoadResult run(Workload workload, LoadOptions options, LoadListener listener) throws InterruptedException {
        // The native loop wakes to the microsecond; Java's own only to the millisecond, which would show in the times.
        IoHandlerFactory io = EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("load", true), io);
        try {
            EventLoop loop = group.next();
            List<Channel> channels = connect(loop, workload.lanes());
            return CompletableFuture.supplyAsync(() -> begin(workload, channels, options, listener, loop), loop)
                    .thenCompose(Run::result)
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the load generator failed", failure.getCause());
        } finally {
            group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private Run begin(
            Workload workload, List<Channel> channels, LoadOptions options, LoadListener listener, EventLoop loop) {
        Run run = new Run(options, listener, loop);
        run.send(workload, channels, new RequestHead(host + ":" + port));
        return run;
    }

    private List<Channel> connect(EventLoop loop, int connections) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder());
                    }
                });
        List<Channel> channels = new ArrayList<>();
        for (int connection = 0; connection < connections; connection++) {
            ChannelFuture connected = bootstrap.connect(host, port).awaitUninterruptibly();
            if (!connected.isSuccess()) {
                throw new LoadException(
                        "cannot connect to " + host + ":" + port + ": "
                                + connected.cause().getMessage(),
                        connected.cause());
            }
            channels.add(connected.channel());
        }
        return channels;
    }
}
