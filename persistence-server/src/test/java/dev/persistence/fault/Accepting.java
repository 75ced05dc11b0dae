package dev.persistence.fault;

/** What a {@link FaultProxy} does with connections that are opened to it. */
public enum Accepting {
    NORMALLY,
    /** There is no listener: the client is refused at once. */
    REFUSED,
    /**
     * The client gets no answer at all until its own time-out. The listener's queue is full and nobody takes from it; Linux
     * then drops what asks to connect.
     */
    BLACKHOLE
}
