package dev.persistence.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.client.measure.Statistics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What tests of the client have in common. */
final class TestClients {

    private TestClients() {}

    /** Holds the promise of the statistics, and returns them. */
    static Statistics sums(PersistenceClient client) {
        Statistics now = client.statistics();
        assertEquals(now.accepted(), now.sent() + now.droppedInAll() + now.waiting(), now::toString);
        return now;
    }

    static Map<String, Object> id(int number) {
        return Map.of("task_id", number);
    }

    static List<Map<String, Object>> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(TestClients::id).toList();
    }

    /** The body of a request for these. */
    static String body(int from, int to) {
        List<String> records = IntStream.range(from, to)
                .mapToObj(number -> "{\"task_id\":" + number + "}")
                .toList();
        return "{\"tasks\":[" + String.join(",", records) + "]}";
    }

    /** Threads of clients that are alive. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("persistence-client") || name.startsWith("HttpClient-"))
                .toList();
    }
}
