package dev.persistence.history;

import dev.persistence.history.client.Requests;
import dev.persistence.history.client.Target;
import dev.persistence.history.client.WireClient;
import dev.persistence.history.oracle.Micros;
import dev.persistence.history.oracle.Shape;
import dev.persistence.history.plan.PlanMaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that sends tasks at a fixed rate, the same keys again and again: whole records of ascending versions, and in
 * between old ones, which must change nothing. It remembers two numbers a key, whatever the number of records.
 */
final class BulkLoad implements Runnable {

    static final int KEYS = 10_000;

    private static final long FIRST_TIME = 1_000_000_000_000_000L; // 2001, in microseconds
    private static final int NONE = -1; // no version
    private static final int STALE_EVERY = 5;
    private static final long ABSENT_NANOS = 20_000_000;

    private final String prefix;
    private final Target target;

    private final AtomicLong acceptedRecords = new AtomicLong();
    private final AtomicLong unknownRecords = new AtomicLong();
    private final AtomicLong refusedRecords = new AtomicLong();

    // Owned by this client's thread; read by others after its end, but for the volatile ones.
    private final int[] accepted = new int[KEYS];
    private final int[] possible = new int[KEYS];
    private int version;
    private int nextKey;
    private long requests;
    private volatile double recordsPerSecond;
    private volatile boolean stop;

    /** @param recordsPerSecond 0 is as fast as they are taken */
    BulkLoad(String prefix, Target target, double recordsPerSecond) {
        this.prefix = prefix;
        this.target = target;
        this.recordsPerSecond = recordsPerSecond;
        Arrays.fill(accepted, NONE);
        Arrays.fill(possible, NONE);
    }

    void rate(double changed) {
        recordsPerSecond = changed;
    }

    void stop() {
        stop = true;
    }

    long acceptedRecords() {
        return acceptedRecords.get();
    }

    long unknownRecords() {
        return unknownRecords.get();
    }

    long refusedRecords() {
        return refusedRecords.get();
    }

    @Override
    public void run() {
        while (!stop) {
            try (WireClient client = new WireClient(target.port())) {
                while (!stop) {
                    long begun = System.nanoTime();
                    exchange(client);
                    double rate = recordsPerSecond;
                    if (rate > 0) {
                        long due = begun + (long) (PlanMaker.MOST_RECORDS * 1e9 / rate);
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                }
            } catch (IOException broken) {
                LockSupport.parkNanos(ABSENT_NANOS);
            }
        }
    }

    private void exchange(WireClient client) throws IOException {
        boolean stale = requests++ % STALE_EVERY == STALE_EVERY - 1;
        int sent = stale ? 0 : ++version;
        List<String> records = new ArrayList<>(PlanMaker.MOST_RECORDS);
        int firstKey = nextKey;
        for (int index = 0; index < PlanMaker.MOST_RECORDS; index++) {
            records.add(record((firstKey + index) % KEYS, sent));
        }
        boolean answered = false;
        try {
            WireClient.Answer answer = client.send(Requests.json(Shape.TASKS, false, records));
            answered = true;
            note(answer, firstKey, sent);
        } finally {
            if (!answered) {
                unknownRecords.addAndGet(PlanMaker.MOST_RECORDS);
                remember(possible, firstKey, sent);
            }
        }
        nextKey = stale ? firstKey : (firstKey + PlanMaker.MOST_RECORDS) % KEYS;
    }

    private void note(WireClient.Answer answer, int firstKey, int sent) throws IOException {
        if (answer.status() == 202) {
            acceptedRecords.addAndGet(PlanMaker.MOST_RECORDS);
            remember(accepted, firstKey, sent);
        } else if (answer.status() == 503) {
            refusedRecords.addAndGet(PlanMaker.MOST_RECORDS);
            LockSupport.parkNanos(ABSENT_NANOS);
        } else {
            throw new AssertionError("a batch was answered with " + answer);
        }
    }

    private static void remember(int[] versions, int firstKey, int sent) {
        for (int index = 0; index < PlanMaker.MOST_RECORDS; index++) {
            int key = (firstKey + index) % KEYS;
            versions[key] = Math.max(versions[key], sent);
        }
    }

    private String key(int key) {
        return prefix + key;
    }

    /** Version 0 is older than all others. */
    private String record(int key, int version) {
        String name = "v" + version;
        return "{\"task_id\":\"" + key(key) + "\",\"session_id\":\"s\",\"batch_id\":\"b\",\"sheet_name\":\"s\","
                + "\"row_index\":" + version + ",\"column_name\":\"c\",\"source_text\":\"" + name
                + "\",\"target_text\":\"" + name + "\",\"status\":\"" + name + "\",\"updated_at\":\"" + time(version)
                + "\"}";
    }

    private static String time(int version) {
        return Micros.text(FIRST_TIME + version);
    }

    /**
     * Looks at the rows. After the end of this client, and after the last flush.
     *
     * @param rows by key: version, texts and time, joined by {@code |}
     * @param faults takes what cannot be
     * @return keys whose row is older than the newest accepted record: each must have been counted as lost
     */
    long behind(Map<String, String> rows, List<String> faults) {
        long behind = 0;
        for (int key = 0; key < KEYS; key++) {
            String row = rows.get(key(key));
            int found = row == null ? NONE : Integer.parseInt(row.substring(0, row.indexOf('|')));
            if (row != null && !row.equals(found + "|v" + found + "|v" + found + "|v" + found + "|" + time(found))) {
                faults.add("a row of several records: " + key(key) + " " + row);
            } else if (found > Math.max(accepted[key], possible[key])) {
                faults.add("a version that was not sent: " + key(key) + " " + row);
            } else if (found < accepted[key]) {
                behind++;
            }
        }
        return behind;
    }
}
