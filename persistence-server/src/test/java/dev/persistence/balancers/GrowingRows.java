package dev.persistence.balancers;

import dev.persistence.Client;
import dev.persistence.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Clients that write ever newer versions of their own rows until they are stopped, each one request after another, every
 * other one waiting for its commit. None sends anything twice. Any thread.
 */
final class GrowingRows implements AutoCloseable {

    private static final int CLIENTS = 3;
    private static final int ROWS = 20; // of one client, all in each request

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<Integer>> newest = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean stopped; // set by the thread that stops them

    /** Begins to send to whoever listens on this port. */
    GrowingRows(int port) {
        for (int client = 0; client < CLIENTS; client++) {
            int own = client;
            newest.add(threads.submit(() -> write(new Client(port), own)));
        }
    }

    /** Returns the newest version. */
    private int write(Client client, int own) {
        int version = 0;
        while (!stopped) {
            version++;
            int sent = version;
            List<Map<String, Object>> rows = IntStream.range(0, ROWS)
                    .mapToObj(row -> Client.task(key(own, row), "row_index", sent))
                    .toList();
            boolean wait = version % 2 == 0;
            try {
                Answer answer = wait ? client.write("tasks", rows) : client.send("tasks", rows);
                if (answer.status() != (wait ? 200 : 202)) {
                    failures.add(answer.status() + " " + answer.http().body());
                }
            } catch (IllegalStateException gone) {
                failures.add(String.valueOf(gone.getCause()));
            }
            requests.incrementAndGet();
        }
        return version;
    }

    private static String key(int client, int row) {
        return String.format("c%d-%02d", client, row);
    }

    /** Requests that were answered, or failed. */
    int requests() {
        return requests.get();
    }

    /** What clients saw other than what they asked for. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Stops the clients, and returns the rows that must be there: keys and newest versions, joined by {@code |}. */
    List<String> stop() throws InterruptedException, ExecutionException {
        stopped = true;
        List<String> rows = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            for (int row = 0; row < ROWS; row++) {
                rows.add(key(client, row) + "|" + newest.get(client).get());
            }
        }
        return rows;
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }
}
