package dev.persistence.bench.workload;

/**
 * What made-up tasks look like.
 *
 * @param records how many there are in all; {@link Long#MAX_VALUE} for a workload that never ends
 * @param repeated the share, 0 to 1, of records that have the key of an earlier one, drawn evenly from all earlier ones
 * @param keys how new keys follow each other
 * @param textBytes length in UTF-8 bytes of the source text, and of the target text
 * @param recordsPerRequest how many in one request, but for the last one
 * @param lanes how many lanes send them
 * @param sessionId the {@code session_id} of all records, by which they can be counted; at most 40 printable ASCII
 *     characters without quote and backslash; {@link RunMark} makes one
 */
public record TaskOptions(
        long records,
        double repeated,
        KeyOrder keys,
        int textBytes,
        int recordsPerRequest,
        int lanes,
        String sessionId) {

    /** The length of texts with which a record is as long as those of real input, some 650 bytes. */
    public static final int USUAL_TEXT_BYTES = 75;

    public static final int USUAL_RECORDS_PER_REQUEST = 100;

    private static final int MAX_TEXT_BYTES = 65_535;

    public TaskOptions {
        require(records > 0, "records", records, "more than 0");
        require(repeated >= 0 && repeated <= 1, "repeated", repeated, "a share from 0 to 1");
        require(textBytes > 0 && textBytes <= MAX_TEXT_BYTES, "text-bytes", textBytes, "1 to " + MAX_TEXT_BYTES);
        require(recordsPerRequest > 0, "records-per-request", recordsPerRequest, "more than 0");
        require(lanes > 0, "connections", lanes, "more than 0");
        require(
                sessionId.matches("[ -~&&[^\"\\\\]]{1,40}"),
                "session id",
                sessionId,
                "1 to 40 printable ASCII characters without quote and backslash");
    }

    /** New tasks of the usual size with ordered keys. */
    public static TaskOptions usual(long records, int lanes, String sessionId) {
        return new TaskOptions(
                records, 0, KeyOrder.ORDERED, USUAL_TEXT_BYTES, USUAL_RECORDS_PER_REQUEST, lanes, sessionId);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected " + expected + ")");
        }
    }
}
