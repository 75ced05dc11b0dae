package dev.persistence.fault;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.Map;

/** One connection through the proxy: a client, the server, and a lane each way. Event loop. */
final class Link {

    private final DuplexChannel client;
    private final Lane toServer;
    private final Lane toClient;
    private final Runnable over;
    private DuplexChannel server;
    private CutOrder.Progress cut;
    private boolean stalled;
    private End ended; // null until it is closed
    private int open;

    /** @param over what follows when both sides are closed */
    Link(DuplexChannel client, Map<Direction, Flow> flows, Runnable over) {
        this.client = client;
        this.over = over;
        this.toServer = new Lane(this, Direction.TO_SERVER, flows.get(Direction.TO_SERVER));
        this.toClient = new Lane(this, Direction.TO_CLIENT, flows.get(Direction.TO_CLIENT));
        opened(client);
    }

    private void opened(DuplexChannel channel) {
        open++;
        channel.closeFuture().addListener(closed -> {
            open--;
            if (open == 0) {
                toServer.drop();
                toClient.drop();
                over.run();
            }
        });
    }

    boolean isOpen() {
        return open > 0;
    }

    Lane lane(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    Lane other(Direction direction) {
        return direction == Direction.TO_SERVER ? toClient : toServer;
    }

    void connected(DuplexChannel target) {
        server = target;
        opened(server);
        if (ended != null) {
            close(server, ended);
            return;
        }
        toServer.connect(client, server);
        toClient.connect(server, client);
    }

    boolean stalled() {
        return stalled;
    }

    /** Ends what a cut stalled. */
    void heal() {
        stalled = false;
        cut = null;
    }

    void obey(CutOrder order) {
        cut = order.begin();
    }

    int allow(Direction direction, ByteBuf next, int count) {
        return cut == null ? count : cut.allow(direction, next, count);
    }

    boolean cutReached() {
        return cut != null && cut.reached();
    }

    void cut() {
        End how = cut.end();
        cut = null;
        end(how);
    }

    void end(End how) {
        if (how == End.STALL) {
            stalled = true;
            return;
        }
        ended = how;
        close(client, how);
        if (server != null) {
            close(server, how);
        }
    }

    private static void close(DuplexChannel channel, End how) {
        if (how == End.RESET && channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    void closeIfBothEnded() {
        if (toServer.ended() && toClient.ended()) {
            end(End.CLOSE);
        }
    }
}
