package dev.persistence.bench.stations;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Request bodies of {@value #RECORDS} tasks, about 68 KiB: translations of a game's texts, the same at each call. */
public final class TaskBodies {

    /** Tasks of one body. */
    public static final int RECORDS = 100;

    private record Text(String source, String language, String target) {}

    /** As they stand in JSON: with escapes, and with characters of one to four bytes. */
    private static final List<Text> TEXTS = List.of(
            new Text("Continue", "de", "Weiter"),
            new Text(
                    "The old lighthouse keeper lifted his lamp and said: \\\"Nobody has come this way since the storm,"
                            + " traveller.\\\"\\nStay until the morning.",
                    "de",
                    "Der alte Leuchtturmwärter hob seine Lampe und sagte: „Seit dem Sturm ist hier niemand mehr"
                            + " vorbeigekommen, Reisender.“\\nBleib bis zum Morgen."),
            new Text(
                    "You need {0} more crystals to open the gate.",
                    "ru", "Чтобы открыть врата, нужно ещё {0} кристаллов."),
            new Text(
                    "Long ago the river was a road. Boats went down to the sea with salt and came back with glass, and"
                            + " whoever lived here knew the songs of both shores.",
                    "fr",
                    "Il y a longtemps, le fleuve était une route. Les bateaux descendaient vers la mer avec du sel et"
                            + " revenaient avec du verre, et ceux d'ici connaissaient les chants des deux rives."),
            new Text("Quest complete! 🎉", "ja", "クエスト達成！🎉報酬を受け取ってください。"),
            new Text(
                    "<color=#ffcc00>Warning:</color> unsaved progress will be lost. Do you really want to quit?",
                    "es",
                    "<color=#ffcc00>Atención:</color> se perderá el progreso no guardado. ¿Seguro que quieres salir?"),
            new Text(
                    "I have carried this letter across three borders and I will not open it now.",
                    "pl",
                    "Niosłem ten list przez trzy granice i teraz go nie otworzę."));

    private TaskBodies() {}

    /** One JSON object with the member {@code tasks}. */
    public static byte[] json() {
        return json(index -> false);
    }

    /** Like {@link #json()}, but the last record breaks its declaration. */
    public static byte[] oneFault() {
        return json(index -> index == RECORDS - 1);
    }

    /** Like {@link #json()}, but each record breaks its declaration. */
    public static byte[] allFaults() {
        return json(index -> true);
    }

    /** One record a line. */
    public static byte[] lines() {
        return joined("\n", index -> false).getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON array that holds one value {@value #RECORDS} times. */
    public static byte[] array(String value) {
        return Collections.nCopies(RECORDS, value).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] json(IntPredicate faulty) {
        return ("{\"tasks\":[" + joined(",", faulty) + "]}").getBytes(StandardCharsets.UTF_8);
    }

    private static String joined(String separator, IntPredicate faulty) {
        return IntStream.range(0, RECORDS)
                .mapToObj(index -> task(index, faulty.test(index) ? -1 : index))
                .collect(Collectors.joining(separator));
    }

    private static String task(int index, int row) {
        Text text = TEXTS.get(index % TEXTS.size());
        return "{\"task_id\":\"%016x-5a3f-4e1b-8c6d-2f4\"".formatted(index)
                + ",\"session_id\":\"9b2d7c10-5a3f-4e1b-8c6d-2f4a6b8c0d1e\""
                + ",\"batch_id\":\"batch_%04d\",\"sheet_name\":\"Dialogue\"".formatted(index / 10)
                + ",\"row_index\":%d,\"column_name\":\"text_%s\"".formatted(row, text.language)
                + ",\"source_text\":\"" + text.source + "\",\"target_text\":\"" + text.target + "\""
                + ",\"context\":\"speaker=keeper; scene=lighthouse_%02d\"".formatted(index % 20)
                + ",\"status\":\"completed\",\"confidence\":0.%04d,\"error_message\":null".formatted(9000 + 7 * index)
                + ",\"retry_count\":%d".formatted(index % 3)
                + ",\"start_time\":\"2026-01-02T03:04:05.678901Z\",\"end_time\":\"2026-01-02T03:04:07.123456Z\""
                + ",\"duration_ms\":%d".formatted(1000 + 13 * index)
                + ",\"created_at\":\"2026-01-02T03:04:05Z\",\"updated_at\":\"2026-01-02T03:04:07.123456Z\"}";
    }
}
