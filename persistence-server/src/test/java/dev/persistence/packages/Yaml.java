package dev.persistence.packages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML documents as maps, lists and values, and a way down into them. */
final class Yaml {

    private Yaml() {}

    static List<Object> documents(Path file) {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().setLabel(file.toString()).build())
                .loadAllFromString(Delivered.text(file))
                .forEach(documents::add);
        return documents;
    }

    /** What is at a path of member names, and of indexes where there is a list; null where there is nothing. */
    static Object at(Object node, Object... path) {
        Object at = node;
        for (Object step : path) {
            if (at instanceof Map<?, ?> map) {
                at = map.get(step);
            } else if (at instanceof List<?> list && step instanceof Integer index) {
                at = list.get(index);
            } else {
                return null;
            }
        }
        return at;
    }

    static Map<?, ?> map(Object node, Object... path) {
        return at(node, path) instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(Object node, Object... path) {
        return at(node, path) instanceof List<?> list ? list : List.of();
    }
}
