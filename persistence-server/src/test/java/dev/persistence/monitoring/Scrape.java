package dev.persistence.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One page of figures, as a monitoring system takes it. Immutable. */
public final class Scrape {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z]\\w*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

    private final HttpResponse<String> answer;
    private final Map<String, Double> samples = new LinkedHashMap<>();

    private Scrape(HttpResponse<String> answer) {
        this.answer = answer;
        for (String line : lines()) {
            if (!line.startsWith("#")) {
                int value = line.lastIndexOf(' ');
                samples.put(line.substring(0, value), Double.valueOf(line.substring(value + 1)));
            }
        }
    }

    /**
     * Takes the page.
     *
     * @param headers alternating names and values
     */
    public static Scrape of(URI metrics, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(20));
        for (int header = 0; header < headers.length; header += 2) {
            request.header(headers[header], headers[header + 1]);
        }
        HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(metrics + ": " + answer.statusCode() + " " + answer.body());
        }
        return new Scrape(answer);
    }

    String contentType() {
        return answer.headers().firstValue("content-type").orElse("none");
    }

    String text() {
        return answer.body();
    }

    List<String> lines() {
        return text().lines().toList();
    }

    boolean has(String line) {
        return lines().contains(line);
    }

    /** Whether there is any sample of this name, whatever its labels. */
    boolean hasSample(String name) {
        return samples.keySet().stream().anyMatch(sample -> sample.equals(name) || sample.startsWith(name + "{"));
    }

    /** The value of one sample, written as on the page: {@code name{label="value"}}. */
    public double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError(sample + " is not in\n" + text());
        }
        return value;
    }

    /** The metrics with their kinds: a histogram is one, though it has series of three names. */
    Map<String, String> kinds() {
        Map<String, String> kinds = new TreeMap<>();
        TYPE.matcher(text()).results().forEach(found -> kinds.put(found.group(1), found.group(2)));
        return kinds;
    }

    /** The labels of each series of a name, with their values. */
    List<Map<String, String>> series(String name) {
        List<Map<String, String>> all = new ArrayList<>();
        Matcher line = SERIES.matcher(text());
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
