package dev.persistence.monitoring;

import dev.persistence.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files for operators, as they are delivered. */
final class Shipped {

    static final Path ALERTS = Path.of("../conf/prometheus/alerts.yml");
    static final Path CONFIGURATION = Path.of("../conf/prometheus/prometheus.yml");
    static final Path DASHBOARD = Path.of("../conf/grafana/persistence-service.json");
    static final Path GUIDE = Path.of("../docs/operate.md");

    private static final Pattern COMMENT = Pattern.compile("(?m)(^|\\s)#.*$");
    private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+)$");

    private Shipped() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The rules without their comments. */
    static String rules() {
        return COMMENT.matcher(text(ALERTS)).replaceAll("");
    }

    static List<String> alerts() {
        return ALERT.matcher(rules()).results().map(found -> found.group(1)).toList();
    }

    /** All panels of the dashboard that show something: rows are headings only. */
    static List<Map<?, ?>> panels() {
        List<Map<?, ?>> panels = new ArrayList<>();
        for (Object panel : (List<?>) JsonTree.at(dashboard(), "panels")) {
            if (!"row".equals(JsonTree.at(panel, "type"))) {
                panels.add((Map<?, ?>) panel);
            }
        }
        return panels;
    }

    static Object dashboard() {
        return JsonTree.parse(text(DASHBOARD));
    }

    /** The queries of a panel. */
    static List<String> queries(Map<?, ?> panel) {
        List<?> targets = panel.get("targets") instanceof List<?> list ? list : List.of();
        return targets.stream()
                .map(target -> (String) JsonTree.at(target, "expr"))
                .toList();
    }

    /** The queries of all panels, one a line. */
    static String allQueries() {
        return panels().stream().flatMap(panel -> queries(panel).stream()).collect(Collectors.joining("\n"));
    }

    /** The lines of the guide's table of metrics: name, kind, labels, and the name in JMX. */
    static List<MatchResult> metricsTable() {
        return Pattern.compile("(?m)^\\| `(persistence_\\w+)` \\| (\\w+) \\|([^|]*)\\| [^|]+ \\| `([^`|]+)` \\|$")
                .matcher(text(GUIDE))
                .results()
                .toList();
    }
}
