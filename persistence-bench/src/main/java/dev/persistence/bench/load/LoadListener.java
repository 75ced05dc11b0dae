package dev.persistence.bench.load;

/** Learns how a run goes on. */
@FunctionalInterface
public interface LoadListener {

    LoadListener NONE = now -> {};

    /** Called after every slice of {@link Slice#NANOS}, by the generator's only thread: it must return at once. */
    void progressed(LoadProgress now);
}
