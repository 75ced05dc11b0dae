package dev.persistence.bench.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Ways of doing the same, run one after another; each repeat begins with another one. Used by one thread. */
final class Interleaved {

    private final List<String> names = new ArrayList<>();
    private final Map<String, Callable<Double>> ways = new HashMap<>();

    /** Adds a way; its figure is what it returns, such as rows a second. */
    Interleaved add(String name, Callable<Double> way) {
        names.add(name);
        ways.put(name, way);
        return this;
    }

    /** The figures by name. */
    Map<String, Double> run(int repeat) throws Exception {
        List<String> order = new ArrayList<>(names);
        Collections.rotate(order, -repeat);
        Map<String, Double> figures = new HashMap<>();
        for (String name : order) {
            figures.put(name, ways.get(name).call());
        }
        return figures;
    }
}
