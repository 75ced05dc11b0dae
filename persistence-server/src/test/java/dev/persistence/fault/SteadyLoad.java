package dev.persistence.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.Client;
import dev.persistence.Client.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients that send until their service is gone, each one request after another: sessions and tasks in turn, every fifth
 * request waiting for its commit. As flushes are whole and take records in the order of their arrival, what is in the
 * tables of one client is a beginning of what it sent, whenever the service ended.
 */
final class SteadyLoad implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final int RECORDS = 10; // of one request
    private static final int WRITTEN_EVERY = 5;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<Told>> clients = new ArrayList<>();

    /** How many records a client sent, heard that they are accepted, and heard that they are written; in its order. */
    private record Told(int sent, int accepted, int written) {}

    SteadyLoad(int port) {
        for (int number = 0; number < CLIENTS; number++) {
            String name = "c" + number + "-";
            clients.add(threads.submit(() -> send(new Client(port), name)));
        }
    }

    private static Told send(Client client, String name) {
        int accepted = 0;
        int written = 0;
        for (int request = 0; ; request++) {
            boolean wait = request % WRITTEN_EVERY == WRITTEN_EVERY - 1;
            int status = status(client, name, request, wait);
            if (status != 200 && status != 202) {
                return new Told((request + 1) * RECORDS, accepted, written);
            }
            accepted = (request + 1) * RECORDS;
            written = wait ? accepted : written;
        }
    }

    /** 0 if the service is gone. */
    private static int status(Client client, String name, int request, boolean wait) {
        String type = isTasks(request) ? "tasks" : "sessions";
        List<Map<String, Object>> records = new ArrayList<>();
        for (int index = request * RECORDS; index < (request + 1) * RECORDS; index++) {
            records.add(isTasks(request) ? Client.task(name + index) : Client.session(name + index));
        }
        try {
            Answer answer = wait ? client.write(type, records) : client.send(type, records);
            return answer.status();
        } catch (IllegalStateException gone) {
            return 0;
        }
    }

    private static boolean isTasks(int request) {
        return request % 2 == 1;
    }

    /** Waits until all clients have seen the end, and holds the tables against what they were told. */
    void assertKept(DatabaseProcess server, String database, boolean everythingAccepted)
            throws InterruptedException, ExecutionException {
        Set<String> rows = new HashSet<>(server.rows("SELECT session_id FROM " + database + ".translation_sessions"));
        rows.addAll(server.rows("SELECT task_id FROM " + database + ".translation_tasks"));
        int known = 0;
        for (int number = 0; number < CLIENTS; number++) {
            Told told = clients.get(number).get();
            int present = 0;
            while (rows.contains("c" + number + "-" + present)) {
                present++;
            }
            int least = everythingAccepted ? told.accepted : told.written;
            assertTrue(present >= least && present <= told.sent, present + " records are there of " + told);
            known += present;
        }
        assertEquals(known, rows.size(), "a record is there while one that its client sent before is not");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
