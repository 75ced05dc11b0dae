package dev.persistence.tracing;

/** The time in which a thread works for a span: what it logs carries the span's ids. Closed by the thread that entered. */
public interface Scope extends AutoCloseable {

    /** Of no span. */
    Scope NONE = () -> {};

    @Override
    void close();
}
