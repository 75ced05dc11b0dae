package dev.persistence.history.client;

import dev.persistence.history.oracle.Sending;

/** Where a client connects to: an instance, whichever process that is now. */
public interface Target {

    /** The port behind which it is; a process that comes after another has the same. */
    int port();

    /** The process that is there now, or the next one if there is none. */
    Sending.Life life();

    /** Whether a process is there and listens. */
    boolean listens();
}
