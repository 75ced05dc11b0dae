package dev.persistence.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A port that stays free while whoever listens on it is away: below those that the system gives to outgoing connections,
 * and nobody listens on it now.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000; // Linux gives out ports from 32768 on

    private static final long MOST_NANOS = 10_000_000_000L;
    private static final long PAUSE_NANOS = 1_000_000;

    private FreePort() {}

    public static int find() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        } while (!isFree(port));
        return port;
    }

    /** Waits until nobody listens on a port any more: a closed channel's selector lets go of it a little later. */
    static void await(int port) {
        long end = System.nanoTime() + MOST_NANOS;
        while (!isFree(port)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("port " + port + " is still in use");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
