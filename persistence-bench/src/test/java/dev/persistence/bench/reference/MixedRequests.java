package dev.persistence.bench.reference;

import dev.persistence.bench.workload.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests whose rows show any difference between two ways of writing them: keys that come again, out of order and with
 * equal times, fields that are absent or null, texts full of quotes. The same at every call.
 */
final class MixedRequests {

    private static final int REQUESTS = 12;
    private static final int RECORDS = 20;
    private static final int KEYS = 40;

    private final Random random = new Random(7);

    private MixedRequests() {}

    static List<Request> all() {
        MixedRequests requests = new MixedRequests();
        List<Request> all = new ArrayList<>();
        for (int request = 0; request < REQUESTS; request++) {
            all.add(requests.request(request % 4 == 0 ? "sessions" : "tasks"));
        }
        return all;
    }

    private Request request(String type) {
        List<String> records = new ArrayList<>();
        for (int record = 0; record < RECORDS; record++) {
            records.add(type.equals("tasks") ? task() : session());
        }
        String body = "{\"" + type + "\":[" + String.join(",", records) + "]}";
        return new Request(type, body.getBytes(StandardCharsets.UTF_8), RECORDS);
    }

    private String task() {
        return "{\"task_id\":\"t%d\",\"session_id\":\"s\",\"batch_id\":\"b\",\"sheet_name\":\"it's\",\"row_index\":%d,"
                        .formatted(random.nextInt(KEYS), random.nextInt(1000))
                + "\"column_name\":\"c\",\"source_text\":\"\\\"%d\\\\ ? 😀\\u0000\",\"status\":\"done\""
                        .formatted(random.nextInt(1000))
                + optional("target_text", "\"'ü' " + random.nextInt(1000) + "\"")
                + optional("context", "\"{fn now()}\"")
                + optional("confidence", "0." + random.nextInt(100_000))
                + optional("retry_count", Integer.toString(random.nextInt(9)))
                + optional("start_time", "\"2026-01-02 03:04:05.%06d+02:00\"".formatted(random.nextInt(1_000_000)))
                + times()
                + "}";
    }

    private String session() {
        return "{\"session_id\":\"s%d\",\"filename\":\"f\",\"file_path\":\"p\",\"status\":\"st%d\",\"llm_provider\":\"l\""
                        .formatted(random.nextInt(KEYS / 4), random.nextInt(1000))
                + optional("game_info", "{\"a\" : [1.50, \"x\\\\\"], \"b\":{} }")
                + optional("total_tasks", Integer.toString(random.nextInt(1000)))
                + times()
                + "}";
    }

    private String times() {
        String change = "\"2026-01-02T03:04:%02dZ\"".formatted(random.nextInt(60));
        return ",\"updated_at\":" + change + (random.nextBoolean() ? ",\"created_at\":\"2025-01-02T03:04:05Z\"" : "");
    }

    private String optional(String member, String value) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> ",\"" + member + "\":null";
            default -> ",\"" + member + "\":" + value;
        };
    }
}
