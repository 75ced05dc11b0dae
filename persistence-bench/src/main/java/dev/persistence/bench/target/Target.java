package dev.persistence.bench.target;

import java.nio.file.Path;

/** A server that takes batches over HTTP on the loopback address, as a process of its own. */
public interface Target extends AutoCloseable {

    int port();

    /** Its process, for reading what that spends. */
    long pid();

    /** What it writes to its console; deleted with an orderly stop. */
    Path log();

    /**
     * Asks it to stop (SIGTERM) and waits; kills it if it takes too long. Stopping again returns the same.
     *
     * @return its exit code; 0 if it stopped in order
     */
    int stop();

    /** Stops it, whatever comes of that. */
    @Override
    void close();
}
