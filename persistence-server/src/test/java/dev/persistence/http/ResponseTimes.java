package dev.persistence.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Response times and their distribution. One thread at a time. */
final class ResponseTimes {

    private final List<Long> nanos = new ArrayList<>();

    void add(long time) {
        nanos.add(time);
    }

    void addAll(ResponseTimes others) {
        nanos.addAll(others.nanos);
    }

    int count() {
        return nanos.size();
    }

    /** The time within which this share of all was answered. */
    double millis(double share) {
        Collections.sort(nanos);
        return nanos.isEmpty() ? 0 : nanos.get((int) Math.ceil(share * nanos.size()) - 1) / 1e6;
    }

    @Override
    public String toString() {
        return "%d answers, p50 %.1f, p90 %.1f, p99 %.1f, max %.1f ms"
                .formatted(count(), millis(0.5), millis(0.9), millis(0.99), millis(1));
    }
}
