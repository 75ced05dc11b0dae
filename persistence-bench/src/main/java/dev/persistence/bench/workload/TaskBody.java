package dev.persistence.bench.workload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A body of tasks in which keys, batches and times have a fixed width, to be overwritten in place. Used by one thread at
 * a time.
 */
final class TaskBody {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int NUMBER_DIGITS = 16;
    private static final int TASKS_PER_BATCH = 50;
    private static final String NUMBER = "#".repeat(NUMBER_DIGITS);
    private static final String MOMENT = "@".repeat(27);

    private final KeyOrder order;
    private final byte[] body;
    private final int[] keyAt; // of each record: where the digits of its key begin
    private final int[] batchAt;
    private final int[] createdAt;
    private final int[] updatedAt;
    private final int[] endAt; // of each record: behind its last brace

    TaskBody(TaskOptions options) {
        order = options.keys();
        int records = options.recordsPerRequest();
        keyAt = new int[records];
        batchAt = new int[records];
        createdAt = new int[records];
        updatedAt = new int[records];
        endAt = new int[records];
        body = render(options);
    }

    /** The whole body; always the same array. */
    byte[] bytes() {
        return body;
    }

    /** A body of the first records alone; an array of its own. */
    byte[] first(int records) {
        int end = endAt[records - 1];
        byte[] part = new byte[end + 2];
        System.arraycopy(body, 0, part, 0, end);
        part[end] = ']';
        part[end + 1] = '}';
        return part;
    }

    /** Sets the time of change of all records. */
    void time(Instant now) {
        byte[] text = TIME.format(now).getBytes(StandardCharsets.US_ASCII);
        for (int record = 0; record < keyAt.length; record++) {
            System.arraycopy(text, 0, body, createdAt[record], text.length);
            System.arraycopy(text, 0, body, updatedAt[record], text.length);
        }
    }

    /** Makes a record the one of this number: the same number has the same key, each number has another. */
    void key(int record, long number) {
        write(keyAt[record], order.key(number));
        write(batchAt[record], number / TASKS_PER_BATCH);
    }

    private void write(int at, long number) {
        long left = number;
        for (int digit = at + NUMBER_DIGITS - 1; digit >= at; digit--) {
            body[digit] = DIGITS[(int) left & 0xf];
            left >>>= 4;
        }
    }

    private byte[] render(TaskOptions options) {
        ByteArrayOutputStream rendered = new ByteArrayOutputStream();
        rendered.writeBytes("{\"tasks\":[".getBytes(StandardCharsets.UTF_8));
        for (int record = 0; record < keyAt.length; record++) {
            if (record > 0) {
                rendered.write(',');
            }
            byte[] task = TaskText.record(options, record, NUMBER, MOMENT).getBytes(StandardCharsets.UTF_8);
            place(record, rendered.size(), new String(task, StandardCharsets.ISO_8859_1)); // a character a byte
            rendered.writeBytes(task);
            endAt[record] = rendered.size();
        }
        rendered.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return rendered.toByteArray();
    }

    private void place(int record, int begin, String task) {
        int key = task.indexOf(NUMBER);
        int created = task.indexOf(MOMENT);
        keyAt[record] = begin + key;
        batchAt[record] = begin + task.indexOf(NUMBER, key + NUMBER_DIGITS);
        createdAt[record] = begin + created;
        updatedAt[record] = begin + task.indexOf(MOMENT, created + MOMENT.length());
    }
}
