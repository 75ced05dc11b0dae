package dev.persistence.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One page of figures, as a monitoring system takes it. Immutable. */
final class Scrape {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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
    static Scrape of(URI metrics, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(20));
        for (int header = 0; header < headers.length; header += 2) {
            request.header(headers[header], headers[header + 1]);
        }
        return new Scrape(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    String contentType() {
        return answer.headers().firstValue("content-type").orElse("none");
    }

    List<String> lines() {
        return answer.body().lines().toList();
    }

    boolean has(String line) {
        return lines().contains(line);
    }

    /** Whether there is any sample of this name, whatever its labels. */
    boolean hasSample(String name) {
        return samples.keySet().stream().anyMatch(sample -> sample.equals(name) || sample.startsWith(name + "{"));
    }

    /** The value of one sample, written as on the page: {@code name{label="value"}}. */
    double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError(sample + " is not in\n" + answer.body());
        }
        return value;
    }
}
