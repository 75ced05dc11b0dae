package dev.persistence;

import dev.persistence.mysql.TestDatabase;
import dev.persistence.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The whole service, wired as delivered, on a test database and a free port of this machine. */
public final class RunningService implements AutoCloseable {

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningService() {}

    /** Starts it with settings such as {@code buffer.max-buffer-size=10}. */
    public static RunningService start(TestDatabase database, String... settings) throws Exception {
        return start(database, Optional.empty(), settings);
    }

    /** Starts it on another database, or on another way to one. */
    public static RunningService start(String databaseUrl, String... settings) throws Exception {
        return start(databaseUrl, Optional.empty(), settings);
    }

    /** Starts it with variables of the environment that are no settings, such as {@code OTEL_…}. */
    static RunningService start(TestDatabase database, Map<String, String> environment, String... settings)
            throws Exception {
        return start(config(database.url(), Optional.empty(), environment, settings));
    }

    /** Starts it with a conf folder of the test's own. */
    static RunningService start(TestDatabase database, Optional<Path> conf, String... settings) throws Exception {
        return start(database.url(), conf, settings);
    }

    private static RunningService start(String databaseUrl, Optional<Path> conf, String... settings) throws Exception {
        return start(config(databaseUrl, conf, Map.of(), settings));
    }

    private static RunningService start(ServerConfig config) throws Exception {
        RunningService service = new RunningService();
        Thread thread = new Thread(
                () -> {
                    service.exitCode.complete(Service.run(config, Optional.empty(), listening -> {
                        service.port.complete(listening);
                        service.stop.await();
                    }));
                    service.port.completeExceptionally(new IllegalStateException("the service did not start"));
                },
                "service");
        thread.start();
        service.port.get();
        return service;
    }

    /** Starts it where it cannot start, and returns the exit code. */
    static int failToStart(String databaseUrl, String... settings) {
        return Service.run(config(databaseUrl, Optional.empty(), Map.of(), settings), Optional.empty(), listening -> {
            throw new IllegalStateException("it did start");
        });
    }

    private static ServerConfig config(
            String databaseUrl, Optional<Path> conf, Map<String, String> environment, String... settings) {
        List<String> assignments = new ArrayList<>(List.of("service.host=127.0.0.1", "service.port=0"));
        assignments.addAll(List.of(settings));
        Settings loaded = Settings.load(conf, Map.of("DB_URL", databaseUrl), assignments);
        return ServerConfigReader.read(loaded, conf, environment);
    }

    public int port() {
        return port.join();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Stops it in order and returns its exit code. */
    public int stop() {
        return beginStop().join();
    }

    /** Asks for the orderly stop; the exit code follows. */
    public CompletableFuture<Integer> beginStop() {
        stop.countDown();
        return exitCode;
    }

    @Override
    public void close() {
        stop();
    }
}
