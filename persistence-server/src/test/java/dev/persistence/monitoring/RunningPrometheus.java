package dev.persistence.monitoring;

import dev.persistence.JsonTree;
import dev.persistence.fault.ChildProcess;
import dev.persistence.fault.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A real Prometheus with the delivered configuration, but for the port of the service and the pace: a scrape a second. It
 * does not outlive this JVM.
 */
final class RunningPrometheus implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Path log;
    private final ChildProcess process;

    private RunningPrometheus(int port, Path log, ChildProcess process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** Starts it; it answers a little later. */
    static RunningPrometheus start(Path folder, int servicePort) throws IOException {
        Program.PROMETHEUS.assumeInstalled();
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(configuration, adapted(Shipped.text(Shipped.CONFIGURATION), servicePort));
        Files.copy(Shipped.ALERTS, folder.resolve("alerts.yml"));
        int port = FreePort.find();
        Path log = folder.resolve("log");
        ProcessBuilder builder = Program.PROMETHEUS
                .command(
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectOutput(log.toFile());
        return new RunningPrometheus(port, log, ChildProcess.start(builder));
    }

    private static String adapted(String configuration, int servicePort) {
        return replaced(
                replaced(configuration, "localhost:8001", "127.0.0.1:" + servicePort),
                "_interval: 15s",
                "_interval: 1s");
    }

    private static String replaced(String text, String old, String replacement) {
        if (!text.contains(old)) {
            throw new AssertionError("the configuration does not say " + old);
        }
        return text.replace(old, replacement);
    }

    boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("prometheus has ended: " + Shipped.text(log));
        }
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The series that a query has now: each with its labels in {@code metric} and its {@code value}. */
    List<Map<?, ?>> query(String promql) {
        return results("/api/v1/query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8), "result");
    }

    /** The value of a query that has one series; NaN if it has none. */
    double value(String promql) {
        List<Map<?, ?>> series = query(promql);
        return series.isEmpty() ? Double.NaN : Double.parseDouble((String) JsonTree.at(series.get(0), "value", "1"));
    }

    List<Map<?, ?>> rules() {
        return results("/api/v1/rules", "groups").stream()
                .flatMap(group -> ((List<?>) group.get("rules")).stream())
                .<Map<?, ?>>map(rule -> (Map<?, ?>) rule)
                .toList();
    }

    /** Names of the alerts that fire, with their labels behind them. */
    List<Map<?, ?>> firing() {
        return query("ALERTS{alertstate=\"firing\"}").stream()
                .<Map<?, ?>>map(series -> (Map<?, ?>) series.get("metric"))
                .toList();
    }

    private List<Map<?, ?>> results(String path, String member) {
        try {
            HttpResponse<String> answer = get(path);
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + ": " + answer.body());
            }
            return ((List<?>) JsonTree.at(JsonTree.parse(answer.body()), "data", member))
                    .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.close();
    }
}
