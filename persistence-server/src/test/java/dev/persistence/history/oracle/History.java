package dev.persistence.history.oracle;

import java.util.List;
import java.util.Set;

/**
 * Everything that was observed from outside while a history ran.
 *
 * @param snapshots keys that one consistent snapshot of both tables held, as {@link #name}; in order
 * @param probes connections that sent each key once, in an order that no flush may tear
 */
public record History(
        List<Sending> sendings,
        List<Checkpoint> checkpoints,
        List<LifeEnd> ends,
        List<Set<String>> snapshots,
        Set<Integer> probes) {

    public History {
        sendings = List.copyOf(sendings);
        checkpoints = List.copyOf(checkpoints);
        ends = List.copyOf(ends);
        snapshots = List.copyOf(snapshots);
        probes = Set.copyOf(probes);
    }

    /** A key's name among those of all shapes. */
    public static String name(Shape shape, String key) {
        return shape.plural() + "/" + key;
    }
}
