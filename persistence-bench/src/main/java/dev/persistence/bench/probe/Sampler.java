package dev.persistence.bench.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads the service's buffer in even intervals, on a thread of its own. */
final class Sampler {

    private final StatsReader reader;
    private final long intervalNanos;
    private final Thread thread = new Thread(this::run, "ring-sampler");
    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Object lock = new Object();
    private final List<Usage.Sample> samples = new ArrayList<>(); // guarded by the lock
    private volatile String trouble = ""; // written by the sampler's thread

    private Sampler(StatsReader reader, Duration interval) {
        this.reader = reader;
        this.intervalNanos = interval.toNanos();
        thread.setDaemon(true);
    }

    /** Takes the first sample, and then the others. */
    static Sampler start(StatsReader reader, Duration interval) {
        Sampler sampler = new Sampler(reader, interval);
        sampler.sample();
        sampler.thread.start();
        return sampler;
    }

    List<Usage.Sample> samples() {
        synchronized (lock) {
            return List.copyOf(samples);
        }
    }

    /** The latest; empty before the first. Any thread. */
    Optional<Usage.Sample> latest() {
        synchronized (lock) {
            int size = samples.size();
            return size == 0 ? Optional.empty() : Optional.of(samples.get(size - 1));
        }
    }

    /** Why there may be fewer samples than expected; empty if there is no reason. */
    Optional<String> trouble() {
        return Optional.of(trouble).filter(text -> !text.isEmpty());
    }

    private void run() {
        long next = System.nanoTime() + intervalNanos;
        try {
            while (!stopped.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                if (!sample()) {
                    return;
                }
                next = Math.max(next + intervalNanos, System.nanoTime());
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean sample() {
        try {
            Optional<Usage.Sample> sample = reader.read();
            sample.ifPresent(this::keep);
            if (sample.isEmpty()) {
                trouble = "the server does not say how full its ring is";
            }
            return sample.isPresent();
        } catch (IOException failure) { // the service may be too busy to answer, and come back
            trouble = "the ring could not be read at times: " + failure.getMessage();
            return true;
        }
    }

    private void keep(Usage.Sample sample) {
        synchronized (lock) {
            samples.add(sample);
        }
    }

    /** Ends, without waiting for a sample under way. */
    void end() {
        stopped.countDown();
    }

    /** Takes the last sample, after {@link #end}. */
    void last() throws InterruptedException {
        thread.join();
        sample();
    }
}
