package dev.persistence.bench.load;

import java.util.OptionalDouble;

/** When the requests of one lane come due, in nanoseconds since the begin of the run. Used by the event loop alone. */
final class Timetable {

    private final boolean open;
    private final double nanosPerRecord;
    private double due; // only in an open loop; a fraction, so that what is cut off does not add up

    /** @param recordsPerSecond of all lanes; without, a request is due whenever it can be sent */
    Timetable(OptionalDouble recordsPerSecond) {
        this.open = recordsPerSecond.isPresent();
        this.nanosPerRecord = 1e9 / recordsPerSecond.orElse(1);
    }

    /** Begins later, by the time in which so many records come due. */
    void delay(long records) {
        due += records * nanosPerRecord;
    }

    /** When the next request is due, or was. */
    long due(long now) {
        return open ? (long) due : now;
    }

    /** A request has been taken. The lanes share the rate evenly: the next is due after as many records of each lane. */
    void taken(int records, int lanes) {
        due += (double) records * lanes * nanosPerRecord;
    }
}
