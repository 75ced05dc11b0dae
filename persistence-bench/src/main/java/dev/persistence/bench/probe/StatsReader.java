package dev.persistence.bench.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the service's own account of its buffer, {@code GET /api/v1/persistence/stats}: one small request a sample costs
 * the service less than asking for as many beans over JMX. Used by one thread.
 */
final class StatsReader {

    private static final int TIMEOUT_MILLIS = 5000;

    private final JsonFactory json = new JsonFactory();
    private final URL url;

    StatsReader(String host, int port) {
        try {
            this.url = new URI("http", null, host, port, "/api/v1/persistence/stats", null, null).toURL();
        } catch (URISyntaxException | IOException impossible) {
            throw new IllegalArgumentException("host: " + host, impossible);
        }
    }

    /**
     * The buffer now.
     *
     * @return empty if the server does not say, because it is not the service
     */
    Optional<Usage.Sample> read() throws IOException {
        HttpURLConnection call = (HttpURLConnection) url.openConnection();
        call.setConnectTimeout(TIMEOUT_MILLIS);
        call.setReadTimeout(TIMEOUT_MILLIS);
        if (call.getResponseCode() != HttpURLConnection.HTTP_OK) {
            return Optional.empty();
        }
        try (InputStream answer = call.getInputStream()) {
            Map<String, Long> numbers = numbers(answer);
            if (!numbers.containsKey("ring_size")) {
                return Optional.empty();
            }
            long rows = numbers.getOrDefault("total_rows_written", 0L);
            long written = numbers.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("total_")
                            && entry.getKey().endsWith("_written"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            return Optional.of(new Usage.Sample(
                    System.nanoTime(),
                    numbers.get("ring_size"),
                    numbers.getOrDefault("ring_remaining", 0L),
                    numbers.getOrDefault("unwritten_bytes", 0L),
                    written - rows,
                    rows));
        }
    }

    /** All whole numbers by name; names are unique over the whole answer. */
    private Map<String, Long> numbers(InputStream answer) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        try (JsonParser parser = json.createParser(answer)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT && parser.currentName() != null) {
                    numbers.put(parser.currentName(), parser.getLongValue());
                }
            }
        }
        return numbers;
    }
}
