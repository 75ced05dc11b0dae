package dev.persistence.resend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends lines as one {@code ack=written} request. */
final class BatchClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Longer than a service holds a batch by default; one that holds longer answers a request sent again. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI uri;
    private final Optional<String> token;

    /** @param service such as {@code http://localhost:8001} */
    BatchClient(String service, String type, Optional<String> token) {
        this.uri = URI.create(service.replaceFirst("/+$", "") + "/api/v1/persistence/" + type + "/batch?ack=written");
        this.token = token;
    }

    URI uri() {
        return uri;
    }

    Reply send(List<Line> lines) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Line line : lines) {
            body.writeBytes(line.bytes());
            body.write('\n');
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return Reply.of(answer.statusCode(), retryAfter(answer), answer.body());
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
