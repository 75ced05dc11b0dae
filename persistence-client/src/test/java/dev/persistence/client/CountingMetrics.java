package dev.persistence.client;

import dev.persistence.client.measure.ClientMetrics;
import dev.persistence.client.measure.DropReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up what the hooks are told. */
final class CountingMetrics implements ClientMetrics {

    final AtomicLong accepted = new AtomicLong();
    final AtomicLong sent = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final Set<String> threads = ConcurrentHashMap.newKeySet();

    @Override
    public void accepted(String type, long records) {
        noteThread();
        accepted.addAndGet(records);
    }

    @Override
    public void sent(String type, long records) {
        noteThread();
        sent.addAndGet(records);
    }

    @Override
    public void dropped(String type, long records, DropReason reason) {
        noteThread();
        dropped.addAndGet(records);
    }

    @Override
    public void requested(String path, int status, Duration time) {
        noteThread();
        requests.add(path + " " + status);
    }

    private void noteThread() {
        threads.add(Thread.currentThread().getName());
    }
}
