package dev.persistence.bench.workload;

/** One task as JSON, as a translation system would send it when it is done: all fields set. */
final class TaskText {

    private static final String SOURCE = "The old lighthouse keeper lifted his lamp: \"Nobody has come this way since"
            + " the storm, traveller.\"\nStay until the morning; %s will show you the way. ";
    private static final String TARGET = "Der alte Leuchtturmwärter hob seine Lampe: „Seit dem Sturm ist hier niemand"
            + " mehr vorbeigekommen.“\nBleib bis zum Morgen; %s zeigt dir den Weg. ";

    private TaskText() {}

    /**
     * @param record its place in the body
     * @param number stands where the number in the key, and then the one in the batch, is to be put
     * @param moment stands where the time of creation, and then the one of change, is to be put
     */
    static String record(TaskOptions options, int record, String number, String moment) {
        String key = options.keys() == KeyOrder.ORDERED
                ? options.sessionId() + "-" + number
                : number + "-" + options.sessionId();
        return "{\"task_id\":\"" + key + "\",\"session_id\":\"" + options.sessionId()
                + "\",\"batch_id\":\"b-" + number
                + "\",\"sheet_name\":\"dialogue\",\"row_index\":" + record
                + ",\"column_name\":\"Text\",\"source_text\":\"" + text(SOURCE, record, options.textBytes())
                + "\",\"target_text\":\"" + text(TARGET, record, options.textBytes())
                + "\",\"context\":\"speaker=keeper\",\"status\":\"completed\",\"confidence\":0.9731"
                + ",\"error_message\":null,\"retry_count\":0,\"start_time\":\"2026-01-02T03:04:05.678\""
                + ",\"end_time\":\"2026-01-02T03:04:07.122\",\"duration_ms\":1444"
                + ",\"created_at\":\"" + moment + "\",\"updated_at\":\"" + moment + "\"}";
    }

    /** A text of exactly so many bytes, as the inside of a JSON string; it begins elsewhere in each record. */
    private static String text(String sentence, int record, int bytes) {
        StringBuilder text = new StringBuilder(bytes + bytes / 8);
        int left = bytes;
        for (int at = record % sentence.length(); left > 0; at = (at + 1) % sentence.length()) {
            char next = sentence.charAt(at);
            int length = length(next);
            if (length > left) { // the last bytes, too few for this character
                text.append(".".repeat(left));
                return text.toString();
            }
            append(text, next);
            left -= length;
        }
        return text.toString();
    }

    private static void append(StringBuilder text, char next) {
        switch (next) {
            case '"' -> text.append("\\\"");
            case '\n' -> text.append("\\n");
            default -> text.append(next);
        }
    }

    /** In UTF-8; the sentences have no character outside the basic plane. */
    private static int length(char character) {
        if (character < 0x80) {
            return 1;
        }
        return character < 0x800 ? 2 : 3;
    }
}
