package dev.persistence.monitoring;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A metric as a query names it: the name of its series, and the labels that it is chosen by. */
record MetricSelector(String name, Set<String> labels) {

    /** Every name with the prefix of ours or of the Java client's is one of a metric. */
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:persistence|jvm|process)_\\w+)(?:\\{((?:[^}\"]|\"[^\"]*\")*)})?");

    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");

    /** Those of one or several queries. */
    static List<MetricSelector> allIn(String queries) {
        return SELECTOR.matcher(queries).results().map(MetricSelector::of).toList();
    }

    private static MetricSelector of(MatchResult found) {
        String labels = found.group(2) == null ? "" : found.group(2);
        return new MetricSelector(
                found.group(1),
                LABEL.matcher(labels)
                        .results()
                        .map(label -> label.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
