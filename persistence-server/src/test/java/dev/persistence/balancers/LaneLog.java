package dev.persistence.balancers;

import dev.persistence.Client;
import dev.persistence.Client.Answer;
import dev.persistence.RealInput;
import dev.persistence.RealInput.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends real input through a balancer, and remembers what became of it. A request that failed is sent again, as
 * docs/balancers.md tells clients to. Any thread.
 */
final class LaneLog {

    private static final List<Integer> AGAIN = List.of(502, 503, 504);
    private static final int MOST_TRIES = 200;
    private static final long REST_NANOS = 50_000_000;
    private static final int UNDER_WAY = 15; // requests that may be sent while something happens

    private final int port;
    private final SentStates sent = new SentStates();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<Integer, Runnable> events = new ConcurrentHashMap<>();
    private final Queue<Happening> happening = new ConcurrentLinkedQueue<>();

    private record Happening(int since, CompletableFuture<Void> done) {}

    LaneLog(int port) {
        this.port = port;
    }

    /** Has something happen when so many requests are taken, while the next ones are sent; but not for long after. */
    void at(int request, Runnable event) {
        events.put(request, event);
    }

    /** One lane, with connections of its own. */
    RealInput.Sender lane() {
        Client client = new Client(port);
        return request -> {
            sent.add(request, Taken.port(untilTaken(client, request)));
            happen(requests.incrementAndGet());
        };
    }

    private void happen(int request) {
        Runnable event = events.get(request);
        if (event != null) {
            happening.add(new Happening(request, CompletableFuture.runAsync(event)));
        }
        for (Happening begun : happening) {
            if (request >= begun.since() + UNDER_WAY) {
                begun.done().join();
            }
        }
    }

    private Answer untilTaken(Client client, Request request) {
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            try {
                Answer answer = client.post(request.path(), request.body());
                if (answer.status() == 202) {
                    return answer;
                }
                failures.add(answer.status() + " " + answer.http().body());
                if (!AGAIN.contains(answer.status())) {
                    break;
                }
            } catch (IllegalStateException gone) {
                failures.add(String.valueOf(gone.getCause()));
            }
            LockSupport.parkNanos(REST_NANOS);
        }
        throw new AssertionError("a request was not taken: " + new ArrayList<>(failures));
    }

    SentStates sent() {
        return sent;
    }

    /** What clients saw before their requests were taken. */
    List<String> failures() {
        return List.copyOf(failures);
    }
}
