package dev.persistence.bench.serve;

/** A server that runs until it is closed. */
public interface Server extends AutoCloseable {

    int port();

    @Override
    void close();
}
