package dev.persistence.fault;

/** How a connection through a {@link FaultProxy} is cut. */
public enum End {
    /** Both sides get a RST. What was forwarded just before may be lost to it, as it is in a real network. */
    RESET,
    /** Both sides get a FIN, and are closed. */
    CLOSE,
    /** Nothing passes any more, in either direction, and nobody is told. */
    STALL
}
