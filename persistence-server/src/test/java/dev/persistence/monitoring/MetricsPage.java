package dev.persistence.monitoring;

import dev.persistence.RunningService;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics page of a running service, read as Prometheus reads it. */
record MetricsPage(String text) {

    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z]\\w*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

    static MetricsPage of(RunningService service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.uri("/metrics"))
                .header("Accept", "text/plain;version=0.0.4")
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("/metrics: " + answer.statusCode() + " " + answer.body());
        }
        return new MetricsPage(answer.body());
    }

    /** The metrics with their kinds: a histogram is one, though it has series of three names. */
    Map<String, String> kinds() {
        Map<String, String> kinds = new TreeMap<>();
        TYPE.matcher(text).results().forEach(found -> kinds.put(found.group(1), found.group(2)));
        return kinds;
    }

    /** The labels of each series of a name, with their values. */
    List<Map<String, String>> series(String name) {
        List<Map<String, String>> all = new ArrayList<>();
        Matcher line = SERIES.matcher(text);
        while (line.find()) {
            if (line.group(1).equals(name)) {
                all.add(labels(line.group(2)));
            }
        }
        return all;
    }

    /** The labels that the series of a metric have, but for the bounds of a histogram. */
    Set<String> labelsOf(String metric) {
        String name = "histogram".equals(kinds().get(metric)) ? metric + "_count" : metric;
        return series(name).stream()
                .flatMap(series -> series.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text != null) {
            LABEL.matcher(text).results().forEach(found -> labels.put(found.group(1), found.group(2)));
        }
        return labels;
    }
}
