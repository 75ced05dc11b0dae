package dev.persistence.bench.start;

import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.ServiceProcess;
import dev.persistence.bench.target.Target;
import dev.persistence.bench.target.TargetException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Starts of the packaged service, each until it has accepted one record and was stopped in order.
 *
 * @param starts in the order in which they were measured; at least one
 */
public record StartTimes(List<FirstRequest> starts) {

    private static final int ACCEPTED = 202;
    private static final String ONE_RECORD = "{\"sessions\":[{\"session_id\":\"first\",\"filename\":\"first.xlsx\","
            + "\"file_path\":\"/first.xlsx\",\"status\":\"processing\",\"llm_provider\":\"none\"}]}";

    public StartTimes {
        starts = List.copyOf(starts);
        if (starts.isEmpty()) {
            throw new IllegalArgumentException("starts: 0 (expected at least one)");
        }
    }

    /**
     * Creates the tables, starts once unmeasured, so that the files are in memory, and then so many times.
     *
     * @param each is told of every measured start at once
     * @throws TargetException if the service does not start, or does not accept the record
     */
    public static StartTimes measure(BenchDatabase database, int repeats, Consumer<FirstRequest> each)
            throws InterruptedException {
        database.createTables();
        HttpClient client = HttpClient.newHttpClient();
        once(database, client);
        List<FirstRequest> starts = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            FirstRequest start = once(database, client);
            starts.add(start);
            each.accept(start);
        }
        return new StartTimes(starts);
    }

    private static FirstRequest once(BenchDatabase database, HttpClient client) throws InterruptedException {
        long begin = System.nanoTime();
        try (Target service = ServiceProcess.start(database)) {
            sendOneRecord(client, service);
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            Duration cpu = ProcessHandle.of(service.pid())
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElse(Duration.ZERO);
            return new FirstRequest(time, cpu);
        }
    }

    private static void sendOneRecord(HttpClient client, Target service) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.port() + "/api/v1/persistence/sessions/batch"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ONE_RECORD))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != ACCEPTED) {
                throw new TargetException("service: the first request was answered with " + answer.body(), null);
            }
        } catch (IOException failed) {
            throw new TargetException("service: the first request failed: " + failed.getMessage(), failed);
        }
    }

    public Duration median() {
        return median(FirstRequest::time);
    }

    public Duration medianCpu() {
        return median(FirstRequest::cpu);
    }

    public Duration min() {
        return sorted(FirstRequest::time).get(0);
    }

    public Duration max() {
        return sorted(FirstRequest::time).get(starts.size() - 1);
    }

    private Duration median(Function<FirstRequest, Duration> value) {
        List<Duration> sorted = sorted(value);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2);
    }

    private List<Duration> sorted(Function<FirstRequest, Duration> value) {
        return starts.stream().map(value).sorted(Comparator.naturalOrder()).toList();
    }
}
