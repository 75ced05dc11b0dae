package dev.persistence;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A client of a running service, with connections of its own: as many as it has requests in progress. */
public final class Client {

    private static final String API = "/api/v1/persistence/";

    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Client(RunningService service) {
        this(service.port());
    }

    /** Of whatever listens on a port of this machine. */
    public Client(int port) {
        this.port = port;
    }

    /** An answer with its JSON. */
    public record Answer(int status, Object json, HttpResponse<String> http) {

        public long number(String... path) {
            return JsonTree.number(json, path);
        }

        public Object at(String... path) {
            return JsonTree.at(json, path);
        }
    }

    /** A record of alternating names and values. */
    public static Map<String, Object> record(Object... namesAndValues) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return record;
    }

    /** A session with every required field, and some more, which may replace those. */
    public static Map<String, Object> session(String id, Object... more) {
        Map<String, Object> session = record(
                "session_id",
                id,
                "filename",
                "f.xlsx",
                "file_path",
                "/f.xlsx",
                "status",
                "new",
                "llm_provider",
                "none");
        session.putAll(record(more));
        return session;
    }

    /** A task with every required field, and some more, which may replace those. */
    public static Map<String, Object> task(String id, Object... more) {
        Map<String, Object> task = record("task_id", id, "session_id", "s-1", "batch_id", "b-1", "sheet_name", "sheet");
        task.putAll(record("row_index", 1, "column_name", "Text", "source_text", "Hello", "status", "new"));
        task.putAll(record(more));
        return task;
    }

    public Answer send(String type, List<? extends Map<?, ?>> records) {
        return post(API + type + "/batch", JsonTree.write(Map.of(type, records)));
    }

    public Answer send(String type, Map<?, ?>... records) {
        return send(type, List.of(records));
    }

    /** Waits for the commit. */
    public Answer write(String type, List<? extends Map<?, ?>> records) {
        return post(API + type + "/batch?ack=written", JsonTree.write(Map.of(type, records)));
    }

    public Answer write(String type, Map<?, ?>... records) {
        return write(type, List.of(records));
    }

    public CompletableFuture<Answer> beginWrite(String type, List<? extends Map<?, ?>> records) {
        String json = JsonTree.write(Map.of(type, records));
        return http.sendAsync(
                        request(API + type + "/batch?ack=written", json, "application/json"),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(Client::answer);
    }

    public Answer sendLines(String type, String lines) {
        return exchange(request(API + type + "/batch", lines, "application/x-ndjson"));
    }

    public Answer flush() {
        return post(API + "flush", "");
    }

    public Answer stats() {
        return get(API + "stats");
    }

    public Answer get(String path) {
        return exchange(HttpRequest.newBuilder(uri(path)).build());
    }

    public Answer post(String path, String json) {
        return exchange(request(path, json, "application/json"));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpRequest request(String path, String body, String contentType) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private Answer exchange(HttpRequest request) {
        try {
            return answer(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new IllegalStateException(request.toString(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), JsonTree.parse(response.body()), response);
    }
}
