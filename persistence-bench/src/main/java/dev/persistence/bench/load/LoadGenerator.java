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
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
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

    private static final int GATEWAY_TIMEOUT = HttpURLConnection.HTTP_GATEWAY_TIMEOUT;
    private static final int FLUSH_ATTEMPTS = 100;

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

    /**
     * Asks the service to write everything accepted so far, as often as it takes (504), and waits for it.
     *
     * @return {@link System#nanoTime} when it was answered
     * @throws LoadException if it cannot be; the message holds the answer
     */
    public long flush() {
        try {
            URL url = new URI("http", null, host, port, "/api/v1/persistence/flush", null, null).toURL();
            int status = GATEWAY_TIMEOUT;
            for (int attempt = 0; status == GATEWAY_TIMEOUT && attempt < FLUSH_ATTEMPTS; attempt++) {
                HttpURLConnection call = (HttpURLConnection) url.openConnection();
                call.setRequestMethod("POST");
                status = call.getResponseCode();
                if (status == HttpURLConnection.HTTP_OK) {
                    return System.nanoTime();
                }
                if (status != GATEWAY_TIMEOUT) {
                    throw new LoadException("the flush was answered with " + status + ": " + content(call), null);
                }
            }
            throw new LoadException(
                    "the service had not written everything after " + FLUSH_ATTEMPTS + " flushes", null);
        } catch (IOException | URISyntaxException failure) {
            throw new LoadException("the flush failed: " + failure.getMessage(), failure);
        }
    }

    private static String content(HttpURLConnection refused) throws IOException {
        InputStream content = refused.getErrorStream();
        return content == null ? "no content" : new String(content.readAllBytes(), StandardCharsets.UTF_8);
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
