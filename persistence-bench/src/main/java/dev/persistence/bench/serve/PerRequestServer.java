package dev.persistence.bench.serve;

import dev.persistence.bench.reference.PerRequestWriter;
import dev.persistence.http.BareListener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The way most people would write it: ten worker threads, each request parsed and written in a transaction of its own,
 * answered with 202 after the commit. On the same HTTP library as the service, so that the comparison is about the way to
 * the database.
 */
public final class PerRequestServer implements Server {

    private static final int WORKERS = 10;
    private static final int MAX_REQUEST_BYTES = 10 << 20;

    private final PerRequestWriter writer;
    private final ExecutorService workers;
    private final BareListener listener;

    private PerRequestServer(PerRequestWriter writer, ExecutorService workers, BareListener listener) {
        this.writer = writer;
        this.workers = workers;
        this.listener = listener;
    }

    /** Starts it on a database that has the tables, with as many connections as workers. */
    public static PerRequestServer start(String databaseUrl) {
        PerRequestWriter writer = PerRequestWriter.open(databaseUrl, WORKERS);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS, new DefaultThreadFactory("worker"));
        return new PerRequestServer(writer, workers, BareListener.start(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_REQUEST_BYTES))
                        .addLast(new FlowControlHandler()) // holds further requests while one is being answered
                        .addLast(new PerRequestHandler(writer, workers));
            }
        }));
    }

    @Override
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
        workers.shutdownNow();
        writer.close();
    }
}
