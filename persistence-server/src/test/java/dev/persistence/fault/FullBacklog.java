package dev.persistence.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A listener whose queue is full of connections of our own and that takes none: Linux drops what else asks to connect. */
final class FullBacklog implements AutoCloseable {

    private static final int MOST = 16;
    private static final int CONNECT_MILLIS = 200;

    private final ServerSocket listener = new ServerSocket();
    private final List<Socket> queued = new ArrayList<>();

    private FullBacklog() throws IOException {}

    static FullBacklog on(InetSocketAddress address) {
        try {
            FullBacklog full = new FullBacklog();
            full.listener.setReuseAddress(true);
            full.listener.bind(address, 1);
            full.fill(address);
            return full;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void fill(InetSocketAddress address) throws IOException {
        for (int count = 0; count < MOST; count++) {
            Socket socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(address, CONNECT_MILLIS);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IOException("the backlog of " + address + " does not fill");
    }

    @Override
    public void close() {
        try {
            for (Socket socket : queued) {
                socket.close();
            }
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
